"""What is remembered of a conversation in a flow between sprints: the session document and its parts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from executor_service.flows.model import DEFAULT_EXIT
from shared.contracts.base import Json, Language

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
