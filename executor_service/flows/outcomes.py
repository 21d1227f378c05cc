"""What a node answers when it is visited, and what a run of the engine gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from executor_service.flows.model import DEFAULT_EXIT
from executor_service.flows.session_model import Call, Session, Wait
from shared.contracts.base import Json
from shared.contracts.messages import Part


@dataclass(frozen=True)
class Leave:
    """Goes on at an exit; an exit without an edge ends the frame."""

    exit: str = DEFAULT_EXIT


@dataclass(frozen=True)
class Pause:
    """Waits; the engine fills in `node_id` and `number`. Options that were said carry `visit.tap_id(option)`."""

    wait: Wait


@dataclass(frozen=True)
class Ask:
    """Asks for a side effect; its result comes to the node's `resume` as `Returned`."""

    call: Call


@dataclass(frozen=True, kw_only=True)
class CallFlow:
    """Pushes a frame: the published version of a flow, or (without one) a node of this flow as a subroutine."""

    flow_id: str | None = None
    node_id: str | None = None
    arguments: Json = field(default_factory=dict)
    save_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Jump:
    """To a node of this frame, or (with a flow) closing all frames and starting that flow as the root."""

    node_id: str | None = None
    flow_id: str | None = None
    arguments: Json = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class End:
    """Ends the frame, or the whole session."""

    whole_session: bool = False
    results: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Fail:
    """Ends the node in an error: its `error` exit if wired, else the flow's error flow, else the session."""

    error: str


Outcome = Leave | Pause | Ask | CallFlow | Jump | End | Fail


@dataclass(frozen=True)
class MessageOut:
    """Something to say to the contact."""

    parts: tuple[Part, ...]
    node_id: str = ""


@dataclass(frozen=True)
class ConversationSet:
    """`mode`, `language` or `label` of the conversation."""

    values: Json
    node_id: str = ""


@dataclass(frozen=True)
class ContactSet:
    """`contact.*` fields that were set."""

    values: Json
    node_id: str = ""


@dataclass(frozen=True)
class GlobalSet:
    """`global.*` variables that were set."""

    values: Json
    node_id: str = ""


TraceType = Literal[
    "started",  # a frame
    "entered",
    "left",
    "answered",
    "waiting",
    "called",
    "returned",
    "error",
    "warning",
    "variant",
    "goal",
    "finished",  # a frame
    "ended",  # the session
]


@dataclass(frozen=True)
class Trace:
    """A line of the log. `data` never holds secrets or people's words."""

    type: TraceType
    flow_id: str = ""
    version_id: str = ""
    node_id: str = ""
    data: Json = field(default_factory=dict)


EngineEvent = MessageOut | ConversationSet | ContactSet | GlobalSet | Trace


@dataclass(frozen=True)
class Sprint:
    """What a run of the engine gives: the session after it, and what happened. With a `session.call` it goes on."""

    session: Session
    events: tuple[EngineEvent, ...] = ()

    @property
    def call(self) -> Call | None:
        return self.session.call

    @property
    def wait(self) -> Wait | None:
        return self.session.wait

    @property
    def messages(self) -> Sequence[MessageOut]:
        return [event for event in self.events if isinstance(event, MessageOut)]
