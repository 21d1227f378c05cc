"""What became of our messages: kept, joined to the message, and a failure decided upon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from shared.logs import get_logger
from whatsapp_service.changes import NewChange
from whatsapp_service.channels.decisions import (
    Decision,
    Final,
    HoldChannel,
    Retry,
    SlowChannel,
    SlowContact,
    UseTemplate,
)
from whatsapp_service.channels.failures import ApiError
from whatsapp_service.channels.statuses import status_rises
from whatsapp_service.channels.types import ApiErrorInfo, Status
from whatsapp_service.inbox.aftermath import Aftermath
from whatsapp_service.inbox.status_store import (
    SentMessage,
    add_statuses,
    error_of,
    find_orphans,
    join,
    messages_of,
    save,
    target_of,
)
from whatsapp_service.model import NEVER
from whatsapp_service.outbox.invitations import TEMPLATE
from whatsapp_service.outbox.parking import Moved

DecideStatus = Callable[[str, str, ApiError, int], Decision]
"""What to do about a failed status: channel, account, error, tries so far."""
Hold = Callable[[Connection, str, str, str], None]
"""Stops an account for a reason: nothing of it is sent until a person has acted."""


Park = Callable[[Connection, str, datetime, datetime], Moved | None]
"""Lets what waits in a conversation wait for the person, unless they wrote after a moment; the last one is now."""
Explain = Callable[[Connection, str, int, datetime], list[NewChange]]
"""Tells the person of a conversation, where that makes sense, that a message will never arrive; gives what changed."""


class StatusBook:
    """Stores statuses and moves the messages they speak of; a rank never goes back."""

    def __init__(self, decide: DecideStatus, hold: Hold, explain: Explain, park: Park) -> None:
        self._decide = decide
        self._hold = hold
        self._explain = explain
        self._park = park

    def store(self, connection: Connection, found: list[Status], now: datetime) -> Aftermath:
        """Keeps new statuses and applies them."""
        by_key = {status.unique_key: status for status in found}
        targets = messages_of(connection, by_key.values())
        new = add_statuses(connection, by_key, targets)
        for key, status in by_key.items():
            message = target_of(status, targets)
            if key in new and message is not None:
                self._lay_over(connection, message, status.status, error_of(status), now, status.external_id[:255])
        return self._save(connection, targets.values(), now)

    def join_orphans(self, connection: Connection, now: datetime) -> Aftermath:
        """Applies statuses that came without our callback before the send call had returned."""
        found = find_orphans(connection)
        for orphan, message in found:
            join(connection, orphan.id, message.id)
            info = ApiErrorInfo(orphan.code, details=orphan.details) if orphan.status == "failed" else None
            self._lay_over(connection, message, orphan.status, info, now, orphan.external_id)
        return self._save(connection, (message for _, message in found), now)

    def _lay_over(
        self,
        connection: Connection,
        message: SentMessage,
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

    def _fail(self, connection: Connection, message: SentMessage, info: ApiErrorInfo, now: datetime) -> None:
        decision = self._decide(message.channel, message.account, ApiError.from_status(info), max(1, message.attempts))
        match decision:
            case Retry(after_seconds=seconds) | SlowContact(seconds=seconds) | SlowChannel(seconds=seconds):
                message.state, message.due_at = "retry", now + timedelta(seconds=seconds)
                message.status = ""
            case HoldChannel(reason=reason):
                message.state, message.status, message.due_at = "held", "", NEVER
                self._hold(connection, message.channel, message.account, reason)
            case Final(reason=reason, alert=alert, explain=explain):
                message.state, message.must_be_explained = "failed", explain
                log = get_logger("gateway").error if alert else get_logger("gateway").warning
                log("message_not_delivered", message_id=message.id, reason=reason)
            case UseTemplate() if message.kind != TEMPLATE:
                message.state, message.status, message.due_at = "retry", "", now
                message.must_be_parked = True
            case _:
                message.state = "failed"
        message.error = f"code {info.code}" if info.code is not None else "failed"

    def _save(self, connection: Connection, laid: Iterable[SentMessage], now: datetime) -> Aftermath:
        moved = {message.id: message for message in laid if message.is_changed}.values()
        save(connection, moved, now)
        changed = [NewChange(message.conversation_id, "status", message.id) for message in moved]
        excused = [message for message in moved if message.must_be_explained]
        for message in excused:
            changed += self._explain(connection, message.conversation_id, message.id, now)
        refused = [message for message in moved if message.must_be_parked]
        goes_on = [*refused, *(message for message in moved if message.unblocks), *excused]
        aftermath = Aftermath(
            changes=tuple(changed),
            sends=frozenset(message.conversation_id for message in goes_on),
            lost_rows=frozenset(
                message.event_id for message in moved if message.state == "failed" and message.event_id is not None
            ),
        )
        return self._parked(connection, refused, aftermath, now)

    def _parked(
        self, connection: Connection, refused: Iterable[SentMessage], aftermath: Aftermath, now: datetime
    ) -> Aftermath:
        """Lets messages wait for the person that the channel refused after it had taken them."""
        for message in refused:
            moved = self._park(connection, message.conversation_id, message.sent_at or now, now)
            aftermath = aftermath.with_moved(moved or Moved())
        return aftermath
