"""What is drawn: flows, their nodes and versions. Read this first, then `session_model`, `inputs` and `outcomes`.

A *flow* is drawn as nodes and edges; publishing makes an immutable *version*. A *session* is a stack of *frames*, one
for each flow being run. From an *input* to the next *wait* is a *sprint*: the engine (`engine.run`) is a pure
function (session, input, world) → (session, events, a call or a wait), and a call's result is the next input.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from executor_service.flows.simulation.scripts import FlowTest
from shared.contracts.base import Contract, Json, Language

SCHEMA_VERSION = 1
DEFAULT_EXIT = "default"


class _Drawn(BaseModel):
    """A part of a drawing: what the editor keeps besides (sizes, selection) is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Position(_Drawn):
    x: float = 0
    y: float = 0


class NodeData(_Drawn):
    """`type` names a kind of node in the registry; `config` is of that kind's config model."""

    label: str = ""
    type: str
    config: Json = Field(default_factory=dict)


class FlowNode(_Drawn):
    """A node in React Flow's shape; the kind stands in `data.type` (the outer `type` is the editor's component)."""

    id: str = Field(min_length=1, max_length=60)
    type: str = "node"
    position: Position = Position()
    data: NodeData


class Edge(_Drawn):
    """From an exit (`sourceHandle`) of a node to another node."""

    id: str
    source: str
    target: str
    sourceHandle: str | None = DEFAULT_EXIT
    targetHandle: str | None = None


class Note(_Drawn):
    """A comment beside the nodes, for whoever draws."""

    id: str = Field(min_length=1, max_length=60)
    position: Position = Position()
    text: str = Field(default="", max_length=2_000)


class Parameter(Contract):
    """A declared argument or result of a flow."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    type: Literal["string", "number", "boolean", "json"] = "string"
    description: str = ""
    required: bool = True


StartMode = Literal["interrupt", "skip_if_busy", "background"]
StaleTap = Literal["reenter", "as_text", "say_expired"]


class FlowSettings(Contract):
    """How a flow behaves as a whole. Limits can only be made smaller than the engine's own."""

    start_mode: StartMode = "interrupt"
    ignore_triggers: bool = False
    stale_taps: StaleTap = "reenter"
    expiry_seconds: int = Field(default=86_400, ge=300, le=14 * 86_400)
    after_human: Literal["ask_again", "end"] = "ask_again"
    strict: bool = False
    error_flow_id: str | None = None
    error_text: str = ""
    max_steps: int = Field(default=100, ge=1, le=100)
    arguments: tuple[Parameter, ...] = ()
    results: tuple[Parameter, ...] = ()
    channels: tuple[str, ...] = ()
    """Empty: all channels."""


Overrides = dict[str, dict[str, str]]
"""Of one language: node id → dotted path inside its config (`text`, `options.0.title`) → translated text."""


class Flow(Contract):
    """A drawing with its settings: what a draft and a version hold, and what is exported."""

    schema_version: int = SCHEMA_VERSION
    language: Language = "es"
    nodes: tuple[FlowNode, ...] = ()
    edges: tuple[Edge, ...] = ()
    notes: tuple[Note, ...] = Field(default=(), max_length=200)
    settings: FlowSettings = FlowSettings()
    translations: dict[Language, Overrides] = Field(default_factory=dict)
    tests: tuple[FlowTest, ...] = Field(default=(), max_length=50)
    """Dialogues that must go as written, or the flow is not published."""


TriggerKind = Literal["welcome", "keyword", "fallback", "event", "manual", "schedule"]
KeywordMatch = Literal["exact", "first_word", "contains_word", "starts_with", "regex"]


class Trigger(Contract):
    """What starts a flow: the config of a `trigger` node, of which a flow has one or more."""

    kind: TriggerKind = "manual"
    words: tuple[str, ...] = ()
    match: KeywordMatch = "exact"
    channels: tuple[str, ...] = ()
    include_groups: tuple[str, ...] = ()
    exclude_groups: tuple[str, ...] = ()
    priority: int = 0
    inactive_days: int = Field(default=0, ge=0, le=3650)
    """For `welcome`: also after so many days without activity; 0 is the first contact only."""
    event: str = ""
    """For `event`: the name of the event."""
    command: Literal["", "interrupt", "digress"] = ""
    """For `keyword`: a global command, which beats everything; `digress` comes back to the interrupted question."""
    passes_message: bool = False
    """The flow's first question takes the message that started it as its answer."""


@dataclass(frozen=True, kw_only=True)
class FlowVersion:
    """A published drawing; it never changes, and frames stay on it."""

    id: str
    flow_id: str
    number: int
    name: str
    flow: Flow
    description: str = ""

    @cached_property
    def nodes(self) -> Mapping[str, FlowNode]:
        return {node.id: node for node in self.flow.nodes}

    @cached_property
    def exits(self) -> Mapping[tuple[str, str], str]:
        """(node id, exit) → node id."""
        return {(edge.source, edge.sourceHandle or DEFAULT_EXIT): edge.target for edge in self.flow.edges}

    @cached_property
    def configs(self) -> dict[tuple[str, Language], Any]:
        """Validated configs by node and language, as they are made (`configs.config_of`)."""
        return {}

    @cached_property
    def triggers(self) -> Mapping[str, Trigger]:
        """The trigger nodes, by id, in the order they were drawn."""
        found = (node for node in self.flow.nodes if node.data.type == "trigger")
        return {node.id: Trigger.model_validate(node.data.config) for node in found}
