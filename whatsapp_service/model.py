"""The gateway's nouns inside: where a message belongs, what a lane works on, what leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from shared.contracts.base import Language
from whatsapp_service.channels.address import Address, Channel

Json = dict[str, Any]
Mode = Literal["bot", "human", "muted"]
InState = Literal["received", "done", "ignored", "failed"]
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When a held message is due: a person decides."""
OutState = Literal["queued", "sending", "unknown", "retry", "held", "parked", "sent", "failed"]
"""`held` waits for one of us to act, `parked` for the person to write."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the messages of one sender go."""

    contact_id: str
    conversation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What a lane needs to know of a conversation. `address` is where to write to, `history` stored JSON.

    `parked_at`: since when messages wait until the person writes; `parked_lost` answers and reports were given up.
    """

    id: str
    channel: Channel
    account: str
    chat: str
    contact_id: str
    address: Address
    mode: Mode
    language: Language
    time_zone: str
    history: str
    last_inbound_at: datetime | None
    parked_at: datetime | None = None
    parked_lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundRow:
    """A message, or the end of a task, that waits for its turn. `contact_id` is who wrote it."""

    id: int
    key: str
    contact_id: str
    kind: str
    external_id: str | None
    content: Json
    attempts: int
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None
    """By the provider's clock."""
    late_others: tuple[str, ...] = ()
    """What older late messages said, which are answered with this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundRow:
    """One message on its way out; `bodies_sent` of the provider's messages that it makes were accepted."""

    id: int
    key: str
    kind: str
    state: OutState
    due_at: datetime
    content: Json
    reply_to: str | None
    event_id: int | None
    attempts: int
    bodies_sent: int
    was_unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutbound:
    """One message to be put into the outbox; the same key again changes nothing."""

    key: str
    kind: str
    content: Json
    slot: str | None = None
    turn_id: str | None = None
    event_id: int | None = None
