"""The lane of a conversation: turn after turn, each stored with its answer in one write."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from shared.clock import Clock
from shared.database import Database
from whatsapp_service.changes import Changes, NewChange, append_changes
from whatsapp_service.conversations import find_conversation, set_mode
from whatsapp_service.lanes import store
from whatsapp_service.lanes.forgetting import forget_words
from whatsapp_service.lanes.late import is_late, newest_late
from whatsapp_service.lanes.leases import Lease, Leases
from whatsapp_service.lanes.turns import Turned, Turns, turn_id_of
from whatsapp_service.metrics import Metrics
from whatsapp_service.model import Conversation, InboundRow
from whatsapp_service.outbox.accounts import Accounts
from whatsapp_service.outbox.picker import Round
from whatsapp_service.outbox.postman import Postman
from whatsapp_service.outbox.store import enqueue
from whatsapp_service.pending import add_pending
from whatsapp_service.settings_rows import apply_settings

BeforeTurn = Callable[[Conversation, InboundRow], None]
AfterTurn = Callable[[Conversation, InboundRow, Turned | None], None]
"""What else follows from a turn, once it is stored; without one when it could not be."""
SendLater = Callable[[float, str], None]


@dataclass(slots=True)
class Job:
    """The message in hand, or none and when to come back."""

    lease: Lease
    conversation: Conversation
    row: InboundRow | None = None
    wait_seconds: float | None = None


class Lane:
    """Works under the turn lease of a conversation.

    Writes of a turn: the claim (or none, when the message before it handed over), the answer with the first message
    marked as being sent, and one for each message sent; the last of them takes the next message or ends the lease.
    """

    def __init__(
        self,
        database: Database,
        *,
        leases: Leases,
        turns: Turns,
        postman: Postman,
        accounts: Accounts,
        changes: Changes,
        metrics: Metrics,
        send_later: SendLater,
        before_turn: BeforeTurn,
        after_turn: AfterTurn,
        now: Clock,
    ) -> None:
        self._database = database
        self._leases = leases
        self._turns = turns
        self._postman = postman
        self._accounts = accounts
        self._changes = changes
        self._metrics = metrics
        self._send_later = send_later
        self._before_turn = before_turn
        self._after_turn = after_turn
        self._now = now

    def run(self, conversation_id: str) -> float | None:
        """Takes all turns that can be taken now; gives the seconds until the next can, if it knows."""
        job = self._database.write(lambda connection: self._begin(connection, conversation_id))
        if job is None:
            return None
        try:
            while job.row is not None:
                self._turn(job, job.row)
        except BaseException:
            self._leases.abandon(job.lease)
            raise
        return job.wait_seconds

    def _begin(self, connection: Connection, conversation_id: str) -> Job | None:
        lease = self._leases.lease("turn", conversation_id)
        conversation = self._leases.claim(connection, lease)
        if conversation is None:
            return None
        job = Job(lease, conversation)
        if self._next(connection, job) is not None:
            self._leases.release(connection, lease)
        return job

    def _next(self, connection: Connection, job: Job) -> Lease | None:
        """Takes the next message; gives the lease when there is none, for it is then to be released."""
        job.row, job.wait_seconds = store.next_inbound(connection, job.conversation.id), None
        if job.row is not None and is_late(job.row):
            job.row = self._newest_late(connection, job.conversation)
        if job.row is not None and job.row.due_at > (now := self._now()):
            job.wait_seconds = (job.row.due_at - now).total_seconds()
            job.row = None
        return job.lease if job.row is None else None

    def _newest_late(self, connection: Connection, conversation: Conversation) -> InboundRow:
        late = [row for row in store.open_inbound(connection, conversation.id) if is_late(row)]
        return newest_late(connection, conversation.id, late[-1], turn_id_of(conversation, late[-1]))

    def _next_of(self, connection: Connection, job: Job) -> Lease | None:
        """The next message under what the conversation now is."""
        over = self._next(connection, job)
        if over is None:
            job.conversation = find_conversation(connection, job.conversation.id) or job.conversation
        return over

    def _turn(self, job: Job, row: InboundRow) -> None:
        started = time.monotonic()
        conversation = job.conversation
        self._before_turn(conversation, row)
        stored: Turned | None = None
        try:
            turned = self._turns.take(conversation, row)
            round_ = self._database.write(lambda connection: self._store(connection, job, row, turned))
            stored = turned
        finally:
            self._after_turn(conversation, row, stored)
        self._changes.announce()
        self._metrics.turned(turned.state, time.monotonic() - started)
        if round_ is not None:
            seconds = self._postman.carry_on(round_, lambda connection: self._next_of(connection, job))
            if seconds is not None:
                self._send_later(seconds, conversation.id)

    def _store(self, connection: Connection, job: Job, row: InboundRow, turned: Turned) -> Round | None:
        """The answer and all that belongs to it, and the first message taken for sending, all or nothing."""
        now, conversation = self._now(), job.conversation
        changed = self._close(connection, conversation, row, turned)
        self._note(connection, job, row, turned)
        if turned.settings:
            apply_settings(connection, conversation.id, turned.settings)
        if turned.mode is not None:
            set_mode(connection, conversation.id, turned.mode, now)
        if turned.settings or turned.mode is not None:
            changed.append(NewChange(conversation.id, "conversation"))
        add_pending(connection, conversation.id, row.contact_id, turned.turn_id, turned.pending, now)
        round_, said = self._say(connection, conversation, turned)
        sending = round_.lease if round_ is not None and round_.row is None else None
        if round_ is None or sending is not None:
            self._release(connection, self._next_of(connection, job), sending)
        append_changes(connection, now, [*changed, *said])
        return round_

    def _say(
        self, connection: Connection, conversation: Conversation, turned: Turned
    ) -> tuple[Round | None, list[NewChange]]:
        """Stores history and messages; with the send lease and the first message, where they can be had."""
        now = self._now()
        sender = self._accounts.find(conversation.channel, conversation.account)
        is_instant = sender is not None and sender.manner.is_instant
        history = turned.history if turned.history is not None else conversation.history
        if not turned.outbound or is_instant:
            if turned.history is not None:
                store.remember(connection, conversation.id, history, now)
            return None, enqueue(connection, conversation, turned.outbound, now, is_instant=is_instant)
        lease = self._leases.lease("send", conversation.id)
        if not self._leases.remember_and_claim(connection, lease, history):
            return None, enqueue(connection, conversation, turned.outbound, now, is_instant=False)
        round_ = Round(lease, conversation)
        return round_, self._postman.begin_with(connection, round_, turned.outbound)

    def _release(self, connection: Connection, turning: Lease | None, sending: Lease | None) -> None:
        if turning is not None and sending is not None:
            self._leases.release_both(connection, turning, sending)
        elif (only := turning or sending) is not None:
            self._leases.release(connection, only)

    def _close(
        self, connection: Connection, conversation: Conversation, row: InboundRow, turned: Turned
    ) -> list[NewChange]:
        if turned.state == "received":
            due = self._now() + timedelta(seconds=turned.retry_seconds)
            store.try_later(connection, row.id, due, turned.turn_id, turned.reason)
        else:
            store.close(connection, row.id, turned.state, turned.turn_id, turned.reason)
        return [NewChange(conversation.id, "status", row.id)]

    def _note(self, connection: Connection, job: Job, row: InboundRow, turned: Turned) -> None:
        if turned.is_secret:
            forget_words(connection, row)
        if turned.artifact_id is not None:
            store.note_file(connection, row, turned.artifact_id, turned.heard)
        if turned.language is not None:
            store.set_language(connection, job.conversation.id, row.contact_id, turned.language)
