"""What the engine and its nodes are given from outside: expressions, versions, the person, the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from executor_service.flows.limits import Limits
from executor_service.flows.model import FlowVersion
from shared.contracts.base import Json
from shared.texts import Texts

if TYPE_CHECKING:
    from executor_service.flows.node import Nodes

Scope = Mapping[str, Any]
"""What expressions see: `contact, conversation, message, session, local, global, system, child`.

`secret` is there only inside the handlers of side effects. All values are JSON.
"""


class ExpressionError(Exception):
    """A template or expression that could not be computed; the message says why and holds no values."""


class Expressions(Protocol):
    """The sandboxed expression language. All methods raise ExpressionError, also for what costs too much."""

    def render(self, template: str, scope: Scope) -> str:
        """The text with its expressions filled in; what is missing becomes empty."""
        ...

    def value(self, expression: str, scope: Scope) -> Any:
        """The JSON value of one expression, without braces."""
        ...

    def condition(self, expression: str, scope: Scope) -> bool: ...


class Flows(Protocol):
    """Versions, as one snapshot."""

    def version(self, version_id: str) -> FlowVersion | None: ...

    def published(self, flow_id: str) -> FlowVersion | None:
        """The newest version of an active flow."""
        ...


def no_callback_url(_session_id: str, _number: int) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything outside the session that a sprint may depend on."""

    nodes: Nodes
    flows: Flows
    expressions: Expressions
    texts: Texts
    now: datetime
    time_zone: str = "UTC"
    channel: str = ""
    contact: Json = field(default_factory=dict)
    conversation: Json = field(default_factory=dict)
    globals: Json = field(default_factory=dict)
    spent_today: Mapping[str, int] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    callback_url: Callable[[str, int], str] = no_callback_url
    """The one-time address of a session's callback wait, by its number."""
