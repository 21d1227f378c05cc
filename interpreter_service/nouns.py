"""The interpreter's nouns: a turn under way, what it came to, offers and plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from shared.contracts.base import Json, Language
from shared.contracts.events import Event
from shared.contracts.messages import Part
from shared.contracts.turns import HistoryTurn, Late, MediaInput, PastCall, TextInput, TurnInput

OFFER_PREFIX = "offer:"
Awaiting = Literal["choice", "approval", "question"]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn under way. `caller` is the signed token, passed on unchanged; `deadline` is monotonic seconds."""

    id: str
    caller: str
    contact_id: str
    conversation_id: str
    language: Language
    time_zone: str
    input: TurnInput
    history: tuple[HistoryTurn, ...]
    started_at: datetime
    deadline: float
    late: Late | None = None
    unheard: str = ""
    """Of a voice note: the key of the sentence that says why it was not heard."""

    @property
    def heard(self) -> str:
        """What the voice note says that came in; "" for all else."""
        return self.input.transcript if isinstance(self.input, MediaInput) else ""

    @property
    def is_forwarded(self) -> bool:
        """Whether somebody else said what came in."""
        return isinstance(self.input, TextInput | MediaInput) and self.input.is_forwarded


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A call that a person may tap; `said` is what they had written when it was offered."""

    id: str
    title: str
    tool: str
    arguments: Json
    said: str


@dataclass(frozen=True, kw_only=True)
class WaitingPlan:
    """The state of a plan, as JSON, that goes on when its task ends."""

    task_id: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a turn asked of the model."""

    model_calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True, kw_only=True)
class LastReply:
    """What a model said last in a turn, at which step."""

    step: int
    body: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a turn came to: what is said and awaited, and what must be kept for later turns."""

    route: str
    parts: tuple[Part, ...] = ()
    rows: tuple[Event, ...] = ()
    pending: tuple[str, ...] = ()
    awaiting: Awaiting | None = None
    calls: tuple[PastCall, ...] = ()
    offers: tuple[Offer, ...] = ()
    plan: WaitingPlan | None = None
    ended_plan: str | None = None
    abstains: bool = False
    """Nothing was understood: a fallback flow may take the message instead."""
    spent: Spent = field(default_factory=Spent)
    last_reply: LastReply | None = None
    is_secret: bool = False
    """The message held a secret: its words are kept nowhere and shown to no model."""
