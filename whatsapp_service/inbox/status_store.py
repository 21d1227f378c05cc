"""The SQL of statuses: which messages they speak of, and what becomes of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select, update

from shared.upserts import insert_new
from whatsapp_service.channels.types import ApiErrorInfo, Status
from whatsapp_service.tables import messages, statuses

CALLBACK_PREFIX = "recado:"
MAX_ORPHANS = 500
"""The newest; statuses of what others send with our number never find a message."""

Found = Row[*tuple[Any, ...]]

_OF_MESSAGE = (
    messages.c.id,
    messages.c.conversation_id,
    messages.c.channel,
    messages.c.account,
    messages.c.external_id,
    messages.c.state,
    messages.c.status,
    messages.c.attempts,
    messages.c.event_id,
    messages.c.kind,
    messages.c.sent_at,
)
_UPDATE = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(
        state=bindparam("state"),
        is_open=bindparam("is_open"),
        status=bindparam("status"),
        error=bindparam("error"),
        due_at=bindparam("due_at"),
        external_id=bindparam("external_id"),
    )
)
_JOIN = update(statuses).where(statuses.c.id == bindparam("status_row")).values(message_id=bindparam("message"))
_ORPHANS = select(statuses).where(statuses.c.message_id.is_(None)).order_by(statuses.c.id.desc()).limit(MAX_ORPHANS)
_BY_EXTERNAL = select(*_OF_MESSAGE).where(
    messages.c.direction == "out", messages.c.external_id.in_(bindparam("external", expanding=True))
)


def has_orphans(connection: Connection) -> bool:
    """Whether some of the newest orphans have a message by now; a cheap read before a write."""
    newest = _ORPHANS.subquery()
    same = and_(
        messages.c.external_id == newest.c.external_id,
        messages.c.channel == newest.c.channel,
        messages.c.account == newest.c.account,
        messages.c.direction == "out",
    )
    query = select(newest.c.id).join(messages, same).limit(1)
    return connection.execute(query).first() is not None


def callback_of(message_id: int) -> str:
    """What is attached to a message when it leaves, and comes back in its statuses."""
    return f"{CALLBACK_PREFIX}{message_id}"


def message_of(status: Status) -> int | None:
    """The message that a status speaks of by its callback.

    A text that goes ahead of the message itself is numbered behind a second colon: only its failure counts.
    """
    if not status.callback.startswith(CALLBACK_PREFIX):
        return None
    number, _, body = status.callback.removeprefix(CALLBACK_PREFIX).partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if is_number and (not body or status.status == "failed") else None


@dataclass(slots=True)
class SentMessage:
    """A message of ours while the statuses of one delivery are laid over it."""

    id: int
    conversation_id: str
    channel: str
    account: str
    external_id: str | None
    state: str
    status: str
    attempts: int
    event_id: int | None
    kind: str
    sent_at: datetime | None
    error: str = ""
    due_at: datetime | None = None
    is_changed: bool = False
    unblocks: bool = False
    must_be_explained: bool = False
    must_be_parked: bool = False


Targets = dict[object, SentMessage]
"""Messages by our id, and by channel, account and the provider's id."""


def add_statuses(connection: Connection, found: Mapping[str, Status], targets: Targets) -> set[str]:
    """Keeps statuses by their keys, each with its message if there is one; gives the keys that are new."""
    rows = [_row(status, target_of(status, targets)) for status in found.values()]
    return {str(row.key) for row in insert_new(connection, statuses, rows, statuses.c.key)}


def find_orphans(connection: Connection) -> list[tuple[Found, SentMessage]]:
    """Statuses that came before their message was known, oldest first, with the message known by now."""
    orphans = connection.execute(_ORPHANS).all()
    found = connection.execute(_BY_EXTERNAL, {"external": [row.external_id for row in orphans]}) if orphans else ()
    known = {(row.channel, row.account, row.external_id): _message(row) for row in found}
    pairs = [(row, known.get((row.channel, row.account, row.external_id))) for row in reversed(orphans)]
    return [(row, message) for row, message in pairs if message is not None]


def join(connection: Connection, status_row: int, message_id: int) -> None:
    connection.execute(_JOIN, {"status_row": status_row, "message": message_id})


def save(connection: Connection, changed: Iterable[SentMessage], now: datetime) -> None:
    """Writes what became of messages."""
    rows = [
        {
            "message": message.id,
            "state": message.state,
            "is_open": int(message.state in ("retry", "held", "queued", "unknown")),
            "status": message.status,
            "error": message.error,
            "due_at": message.due_at or now,
            "external_id": message.external_id,
        }
        for message in sorted(changed, key=lambda one: one.id)
    ]
    if rows:
        connection.execute(_UPDATE, rows[0] if len(rows) == 1 else rows)


def messages_of(connection: Connection, found: Iterable[Status]) -> Targets:
    """The messages that statuses speak of, by our id and by the provider's."""
    external = {status.external_id[:255] for status in found}
    ours = {number for status in found if (number := message_of(status)) is not None}
    query = select(*_OF_MESSAGE).where(
        messages.c.direction == "out", or_(messages.c.external_id.in_(external), messages.c.id.in_(ours))
    )
    targets: Targets = {}
    for row in connection.execute(query):
        message = _message(row)
        targets[message.id] = message
        if message.external_id is not None:
            targets[message.channel, message.account, message.external_id] = message
    return targets


def target_of(status: Status, targets: Targets) -> SentMessage | None:
    """The message that a status speaks of: by the provider's id, else by our callback."""
    found = targets.get((status.channel, status.account, status.external_id[:255]))
    if found is not None:
        return found
    called = targets.get(message_of(status))
    is_ours = called is not None and (called.channel, called.account) == (status.channel, status.account)
    return called if is_ours else None


def _message(row: Found) -> SentMessage:
    return SentMessage(
        id=row.id,
        conversation_id=row.conversation_id,
        channel=row.channel,
        account=row.account,
        external_id=row.external_id,
        state=row.state,
        status=row.status,
        attempts=row.attempts,
        event_id=row.event_id,
        kind=row.kind,
        sent_at=row.sent_at,
    )


def _row(status: Status, message: SentMessage | None) -> dict[str, Any]:
    info = error_of(status)
    return {
        "key": status.unique_key,
        "channel": status.channel,
        "account": status.account[:64],
        "external_id": status.external_id[:255],
        "status": status.status[:40],
        "code": info.code if info else None,
        "details": ((info.details or info.title) if info else "")[:300],
        "at": status.at,
        "message_id": message.id if message else None,
    }


def error_of(status: Status) -> ApiErrorInfo | None:
    return status.errors[0] if status.errors else None
