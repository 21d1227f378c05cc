"""How a kind of node is declared: a small class with a config model; all of them in one registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from executor_service.flows.inputs import Input
from executor_service.flows.limits import Limits
from executor_service.flows.model import DEFAULT_EXIT
from executor_service.flows.outcomes import EngineEvent, Fail, Outcome
from executor_service.flows.session_model import Frame, Session, Wait
from executor_service.flows.world import Expressions, Scope
from shared.contracts.base import Json, Language
from shared.contracts.messages import Part
from shared.contracts.tools import NodeSpec


class Config(BaseModel):
    """The base of config models. Fields that hold templates are plain `str`: the node renders them by the visit."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


C = TypeVar("C", bound=Config)


class Visit(Protocol):
    """A node's way to the world, while it is visited. Nothing here waits, sends or saves: all is noted."""

    node_id: str
    wait: Wait | None
    """In `resume`: the wait that is over."""

    @property
    def session(self) -> Session: ...
    @property
    def frame(self) -> Frame: ...
    @property
    def scope(self) -> Scope: ...
    @property
    def expressions(self) -> Expressions: ...
    @property
    def now(self) -> datetime: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def language(self) -> Language: ...
    @property
    def limits(self) -> Limits: ...

    def render(self, template: str) -> str:
        """The text; a failed template is empty and noted as an error (with `strict` it fails the node)."""
        ...

    def value(self, expression: str) -> Any:
        """The value; None when it failed, which is noted likewise."""
        ...

    def condition(self, expression: str) -> bool:
        """Whether it holds; False when it failed."""
        ...

    def text(self, key: str, **params: object) -> str:
        """A sentence of our own (`flows/texts`), in the session's language."""
        ...

    def say(self, *parts: Part) -> None:
        """Says parts to the contact, as one message."""
        ...

    def tap_id(self, option_id: str) -> str:
        """The id to offer for an option of the wait that this visit is about to return."""
        ...

    def set(self, name: str, value: Any) -> None:
        """Sets `session.x`, `contact.x`, `global.x`, `local.x`, or (without a scope) `session.<name>`.

        Raises NodeFailed for a name that cannot be set or a value that is too large.
        """
        ...

    def note(self, event: EngineEvent) -> None: ...

    def answered(self, *option_ids: str) -> None:
        """Notes which options or categories an answer was, by their ids: statistics count them."""
        ...

    def is_wired(self, exit_name: str) -> bool: ...


class Node(ABC, Generic[C]):
    """One kind of node. The class docstring holds one JSON example of a node's `data`, which a test runs.

    `titles` and the docstring's first line are what the palette shows.
    """

    name: ClassVar[str]
    titles: ClassVar[Mapping[Language, str]]
    exits: ClassVar[tuple[str, ...]] = (DEFAULT_EXIT,)
    waits: ClassVar[bool] = False
    """Whether it may wait for somebody: not allowed in background flows, and it breaks cycles."""
    config: type[C]

    def exits_of(self, config: C) -> tuple[str, ...]:
        """The exits of one node; by default those of its kind."""
        return self.exits

    @abstractmethod
    def enter(self, config: C, visit: Visit) -> Outcome:
        """What happens when the flow comes to the node."""

    def resume(self, config: C, visit: Visit, given: Input) -> Outcome:
        """What happens with what the node waited for or asked for."""
        return Fail("not_resumable")

    def ask_again(self, config: C, visit: Visit) -> Outcome:
        """The pending question once more, after an interruption."""
        return self.enter(config, visit)

    @property
    def description(self) -> str:
        return (type(self).__doc__ or "").strip().splitlines()[0]

    def spec(self) -> NodeSpec:
        schema: Json = self.config.model_json_schema()
        return NodeSpec(
            name=self.name, titles=dict(self.titles), description=self.description, config=schema, exits=self.exits
        )


AnyNode = Node[Any]


@dataclass(frozen=True)
class Nodes:
    """The registry of node kinds. Make it with `join_nodes`."""

    by_name: Mapping[str, AnyNode]

    def find(self, name: str) -> AnyNode | None:
        return self.by_name.get(name)

    def specs(self) -> tuple[NodeSpec, ...]:
        return tuple(node.spec() for node in self.by_name.values())


def join_nodes(nodes: Iterable[AnyNode]) -> Nodes:
    """A registry of all these kinds; raises ValueError for a name taken twice or a kind without a docstring."""
    by_name: dict[str, AnyNode] = {}
    for node in nodes:
        if node.name in by_name:
            raise ValueError(f"{node.name}: declared twice")
        if not type(node).__doc__:
            raise ValueError(f"{node.name}: a node needs a docstring, whose first line is its description")
        by_name[node.name] = node
    return Nodes(by_name)
