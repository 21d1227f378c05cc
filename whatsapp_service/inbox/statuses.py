"""What became of our messages: kept, joined to the message, and a failure decided upon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select, update

from whatsapp_service.changes import NewChange
from whatsapp_service.channels.decisions import Decision, HoldChannel, Retry, SlowChannel, SlowContact
from whatsapp_service.channels.failures import ApiError
from whatsapp_service.channels.statuses import status_rises
from whatsapp_service.channels.types import ApiErrorInfo, Status
from whatsapp_service.model import NEVER
from whatsapp_service.tables import messages, statuses
from whatsapp_service.upserts import insert_new

CALLBACK_PREFIX = "recado:"
MAX_ORPHANS = 500
"""The newest; statuses of what others send with our number never find a message."""
DecideStatus = Callable[[str, str, ApiError, int], Decision]
"""What to do about a failed status: channel, account, error, tries so far."""
Hold = Callable[[Connection, str, str, str], None]
"""Stops an account for a reason: nothing of it is sent until a person has acted."""

_OF_MESSAGE = (
    messages.c.id,
    messages.c.conversation_id,
    messages.c.channel,
    messages.c.account,
    messages.c.external_id,
    messages.c.state,
    messages.c.status,
    messages.c.attempts,
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
class _Message:
    """A message while the statuses of one delivery are laid over it."""

    id: int
    conversation_id: str
    channel: str
    account: str
    external_id: str | None
    state: str
    status: str
    attempts: int
    error: str = ""
    due_at: datetime | None = None
    is_changed: bool = False
    unblocks: bool = False


class StatusBook:
    """Stores statuses and moves the messages they speak of; a rank never goes back."""

    def __init__(self, decide: DecideStatus, hold: Hold) -> None:
        self._decide = decide
        self._hold = hold

    def store(self, connection: Connection, found: list[Status], sends: set[str], now: datetime) -> list[NewChange]:
        """Keeps new statuses; adds to `sends` the conversations whose outbox may go on."""
        by_key = {status.unique_key: status for status in found}
        targets = _targets(connection, by_key.values())
        rows = [_row(status, _target(status, targets)) for status in by_key.values()]
        new = {str(row.key) for row in insert_new(connection, statuses, rows, statuses.c.key)}
        for key, status in by_key.items():
            message = _target(status, targets)
            if key in new and message is not None:
                self._lay_over(connection, message, status.status, _error_of(status), now, status.external_id[:255])
        return _write(connection, targets.values(), sends, now)

    def join_orphans(self, connection: Connection, now: datetime) -> list[NewChange]:
        """Applies statuses that came without our callback before the send call had returned."""
        orphans = connection.execute(_ORPHANS).all()
        found = connection.execute(_BY_EXTERNAL, {"external": [row.external_id for row in orphans]}) if orphans else ()
        sent = [_message(row) for row in found]
        known = {(one.channel, one.account, one.external_id): one for one in sent}
        for orphan in reversed(orphans):
            message = known.get((orphan.channel, orphan.account, orphan.external_id))
            if message is not None:
                connection.execute(_JOIN, {"status_row": orphan.id, "message": message.id})
                info = ApiErrorInfo(orphan.code, details=orphan.details) if orphan.status == "failed" else None
                self._lay_over(connection, message, orphan.status, info, now, orphan.external_id)
        return _write(connection, sent, set(), now)

    def _lay_over(
        self,
        connection: Connection,
        message: _Message,
        word: str,
        info: ApiErrorInfo | None,
        now: datetime,
        external_id: str,
    ) -> None:
        if message.external_id is not None and message.external_id != external_id and word != "failed":
            # of an earlier body of the same message, or of a try that was repeated
            return
        if not status_rises(message.status, word):
            return
        message.status, message.is_changed = word, True
        if word == "failed":
            self._fail(connection, message, info or ApiErrorInfo(None), now)
        elif message.state != "sent":
            # it was accepted after all: the answer of the send call was lost
            message.unblocks = True
            message.state, message.error = "sent", ""
            message.external_id = message.external_id or external_id

    def _fail(self, connection: Connection, message: _Message, info: ApiErrorInfo, now: datetime) -> None:
        decision = self._decide(message.channel, message.account, ApiError.from_status(info), max(1, message.attempts))
        match decision:
            case Retry(after_seconds=seconds) | SlowContact(seconds=seconds) | SlowChannel(seconds=seconds):
                message.state, message.due_at = "retry", now + timedelta(seconds=seconds)
                message.status = ""
            case HoldChannel(reason=reason):
                message.state, message.status, message.due_at = "held", "", NEVER
                self._hold(connection, message.channel, message.account, reason)
            case _:
                message.state = "failed"
        message.error = f"code {info.code}" if info.code is not None else "failed"


def _targets(connection: Connection, found: Iterable[Status]) -> dict[object, _Message]:
    """The messages that statuses speak of, by our id and by the provider's."""
    external = {status.external_id[:255] for status in found}
    ours = {number for status in found if (number := message_of(status)) is not None}
    query = select(*_OF_MESSAGE).where(
        messages.c.direction == "out", or_(messages.c.external_id.in_(external), messages.c.id.in_(ours))
    )
    targets: dict[object, _Message] = {}
    for row in connection.execute(query):
        message = _message(row)
        targets[message.id] = message
        if message.external_id is not None:
            targets[message.channel, message.account, message.external_id] = message
    return targets


def _target(status: Status, targets: dict[object, _Message]) -> _Message | None:
    found = targets.get((status.channel, status.account, status.external_id[:255]))
    if found is not None:
        return found
    called = targets.get(message_of(status))
    is_ours = called is not None and (called.channel, called.account) == (status.channel, status.account)
    return called if is_ours else None


def _message(row: Row[*tuple[Any, ...]]) -> _Message:
    return _Message(
        id=row.id,
        conversation_id=row.conversation_id,
        channel=row.channel,
        account=row.account,
        external_id=row.external_id,
        state=row.state,
        status=row.status,
        attempts=row.attempts,
    )


def _row(status: Status, message: _Message | None) -> dict[str, Any]:
    info = _error_of(status)
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


def _error_of(status: Status) -> ApiErrorInfo | None:
    return status.errors[0] if status.errors else None


def _write(connection: Connection, laid: Iterable[_Message], sends: set[str], now: datetime) -> list[NewChange]:
    changed = {message.id: message for message in laid if message.is_changed}
    if not changed:
        return []
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
        for message in sorted(changed.values(), key=lambda one: one.id)
    ]
    connection.execute(_UPDATE, rows[0] if len(rows) == 1 else rows)
    sends.update(message.conversation_id for message in changed.values() if message.unblocks)
    return [NewChange(message.conversation_id, "status", message.id) for message in changed.values()]
