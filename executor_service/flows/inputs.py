"""What moves a session on: a person's message, a timer, the result of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from executor_service.flows.model import FlowVersion
from executor_service.flows.session_model import WaitOption
from shared.contracts.base import Json
from shared.contracts.messages import Part
from shared.contracts.turns import LocationInput, MediaInput, TapInput, TextInput

MessageInput = Annotated[TextInput | TapInput | MediaInput | LocationInput, Field(discriminator="kind")]


@dataclass(frozen=True, kw_only=True)
class Started:
    """The session's first input. `entry` is the node to begin at: a trigger, or any in the simulator."""

    version: FlowVersion
    entry: str
    message: MessageInput | None = None
    arguments: Json = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Said:
    """The person's message for the wait. `option` is set when routing found that it names one."""

    message: MessageInput
    option: WaitOption | None = None
    chosen: tuple[WaitOption, ...] = ()
    """Of a multiple choice."""


@dataclass(frozen=True)
class Reentered:
    """A tap on an option of an older wait of this session."""

    number: int
    option_id: str


@dataclass(frozen=True)
class Fired:
    """A timer. Stale ones never reach the engine."""

    kind: TimerKind


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What a call came to. `status` `waiting`: a task that waits for a person or runs on; the session waits for it."""

    status: Literal["success", "error", "timeout", "waiting"]
    value: Any = None
    """JSON: the result; what `output variable`s store."""
    error: str = ""
    """A code, e.g. `unknown_outcome`, `limit`, `http_500`."""
    parts: tuple[Part, ...] = ()
    """What a person gets to see of it, if the node shows it."""
    task_id: str | None = None
    waits_for: Literal["callback", "approval"] = "callback"
    used: Mapping[str, int] = field(default_factory=dict)
    """Counters to add, e.g. `{"tokens": 812}`."""


@dataclass(frozen=True)
class CalledBack:
    """An outside system used the one-time URL of a `callback` wait."""

    data: Json


@dataclass(frozen=True)
class Digressed:
    """A global command whose flow is run above the present question."""

    version: FlowVersion
    entry: str
    message: MessageInput | None = None


@dataclass(frozen=True)
class AskAgain:
    """After a person's stretch: the pending question is sent again, or the session ends, by the flow's setting."""


Input = Started | Said | Reentered | Fired | Returned | CalledBack | Digressed | AskAgain

TimerKind = Literal["timeout", "expiry", "delay", "lifetime"]


@dataclass(frozen=True, kw_only=True)
class Timer:
    """A durable alarm of a session; a no-op unless session and sprint are still current."""

    id: int
    session_id: str
    conversation_id: str
    sprint: int
    kind: TimerKind
    due_at: datetime
