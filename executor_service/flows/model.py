"""What is drawn and what is remembered: the nouns of the flow engine. Read this first, then `inputs` and `outcomes`.

A *flow* is drawn as nodes and edges; publishing makes an immutable *version*. A *session* is a stack of *frames*, one
for each flow being run. From an *input* to the next *wait* is a *sprint*: the engine (`engine.run`) is a pure
function (session, input, world) → (session, events, a call or a wait), and a call's result is the next input.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from executor_service.flows.simulation.scripts import FlowTest
from shared.contracts.base import Contract, Json, Language

SCHEMA_VERSION = 1
DEFAULT_EXIT = "default"

# ── what people draw ──────────────────────────────────────────────────────────────────────────────────────────────


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


# ── what is remembered between sprints ────────────────────────────────────────────────────────────────────────────

SessionStatus = Literal["running", "waiting", "completed", "expired", "interrupted", "failed"]
OPEN: frozenset[SessionStatus] = frozenset({"running", "waiting"})
FrameStatus = Literal["active", "completed", "expired", "failed"]
WaitKind = Literal["input", "delay", "callback", "approval"]


class _State(BaseModel):
    """A part of the session document."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class WaitOption(_State):
    """An option of a wait; `value` is what is stored, `exit` where the flow goes on."""

    id: str
    title: str
    value: str = ""
    exit: str = DEFAULT_EXIT


class Wait(_State):
    """What the top frame waits for. `number` grows within a session and stands in the ids of its taps."""

    kind: WaitKind
    node_id: str = ""
    number: int = 0
    options: tuple[WaitOption, ...] = ()
    takes_text: bool = True
    """False: only an option answers; other texts go to the agent or count as an attempt, as the node decides."""
    multiple: bool = False
    timeout_seconds: float | None = None
    """From when the channel accepted the last message; the node's exit `timeout`."""
    expiry_seconds: float | None = None
    """The flow's setting, unless the node says otherwise."""
    until: datetime | None = None
    """For `delay`."""
    on_message: Literal["keep", "skip_delay", "interrupt"] = "keep"
    """For `delay`."""
    ignore_triggers: bool = False
    is_joining: bool = False
    """More of the same answer may come: its timeout is no exit but the end of the answer."""
    task_id: str | None = None
    """For `approval`, and for a tool that takes long."""
    callback: int | None = None
    """For `callback`: which of the session's one-time addresses is waited for."""
    data: Json = Field(default_factory=dict)
    """The node's own memory, e.g. `attempts`."""


class Frame(_State):
    """One flow being run; pinned to its version."""

    id: int
    version_id: str
    node_id: str
    locals: Json = Field(default_factory=dict)
    """Arguments and variables of this frame."""
    results: Json = Field(default_factory=dict)
    visits: dict[str, int] = Field(default_factory=dict)
    """Visits of each node without a wait in between."""
    loops: dict[str, int] = Field(default_factory=dict)
    status: FrameStatus = "active"
    kind: Literal["flow", "subroutine", "digression", "error"] = "flow"
    save_to: str | None = None
    """The variable of the parent that gets the results."""


class Session(_State):
    """A conversation inside flows: the whole state, one JSON document."""

    id: str
    conversation_id: str
    contact_id: str
    flow_id: str
    status: SessionStatus = "running"
    is_background: bool = False
    reason: str = ""
    """Why it ended, for the operator."""
    frames: list[Frame] = Field(default_factory=list)
    frames_made: int = 0
    wait: Wait | None = None
    suspended: list[Wait] = Field(default_factory=list)
    """Waits of interrupted questions below digressions, to be asked again."""
    waits_made: int = 0
    asked: dict[int, AskedAt] = Field(default_factory=dict)
    """Waits with options of this session, newest 20: where a late tap may enter again."""
    sprint: int = 0
    step: int = 0
    """Steps of this sprint."""
    seq: int = 0
    """Event rows of this sprint."""
    revision: int = 0
    """Grows at each commit."""
    variables: Json = Field(default_factory=dict)
    """`session.*`."""
    message: Json = Field(default_factory=dict)
    """`message.*`: the last message that came in."""
    child: Json = Field(default_factory=dict)
    """`child.*`: how the last called flow ended."""
    counters: dict[str, int] = Field(default_factory=dict)
    """Calls of each kind (`ai`, `tokens`, `http`, `tool`, `javascript`), which no node escapes."""
    call: Call | None = None
    """What is being called out for, while `running` between two inputs."""
    variants: dict[str, VariantSeen] = Field(default_factory=dict)
    """What each `random` node chose."""
    callbacks_made: int = 0
    """How often the session waited for another system; the next wait's address has the next number."""
    error_flow_ran: bool = False
    spoken: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """When each text (its digest) was said in the last minutes."""
    unread: Json | None = None
    """The message that started the flow, for its first wait to consume."""
    started_at: datetime
    language: Language = "es"

    @property
    def top(self) -> Frame:
        return self.frames[-1]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class VariantSeen(_State):
    """The variant a contact was given, and the node of the same version whose first visit counts as its success."""

    variant: str
    goal: str
    version_id: str = ""
    is_reached: bool = False


class AskedAt(_State):
    """Where a wait with options stood."""

    frame_id: int
    node_id: str
    options: tuple[WaitOption, ...] = ()

    def wait(self) -> Wait:
        """The wait as a late tap finds it: without the node's memory."""
        return Wait(kind="input", node_id=self.node_id, options=self.options)


class Call(_State):
    """A side effect that a node asks for. `kind` names the handler that performs it (`effects.Effects`).

    The payload is rendered already, but for secrets: these are put in by the handler alone, never stored.
    `key` (session:sprint:step) is set by the engine and is the idempotency key towards the outside.
    """

    kind: str
    payload: Json = Field(default_factory=dict)
    is_idempotent: bool = True
    """False: after a crash with unknown outcome it is not repeated but answered with error `unknown_outcome`."""
    timeout_seconds: float = 15
    key: str = ""
    node_id: str = ""
    flow_id: str = ""
    """Whose node it is, which may be a called flow's."""


Session.model_rebuild()
