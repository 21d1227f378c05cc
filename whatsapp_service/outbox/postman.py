"""The postman: takes the first message of a conversation, sends it, notes what became of it, takes the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import TypeAdapter
from sqlalchemy import Connection

from shared.apis import ExecutorApi
from shared.clock import Clock
from shared.contracts.messages import Part
from shared.database import Database
from shared.errors import NotFound, TemporaryError
from shared.logs import get_logger
from whatsapp_service.changes import Changes, NewChange, append_changes
from whatsapp_service.channels.decisions import Final, UseTemplate
from whatsapp_service.channels.failures import NotSent, OutcomeUnknown, SendError
from whatsapp_service.inbox.status_store import callback_of
from whatsapp_service.lanes.leases import Lease, Leases
from whatsapp_service.limits import Limits
from whatsapp_service.metrics import Metrics
from whatsapp_service.model import NEVER, Conversation, NewOutbound, OutboundRow
from whatsapp_service.outbox import store
from whatsapp_service.outbox.accounts import Accounts
from whatsapp_service.outbox.excuses import Excuses
from whatsapp_service.outbox.invitations import TEMPLATE, Invitation
from whatsapp_service.outbox.picker import Picker, Round
from whatsapp_service.outbox.senders import Letter, Sender
from whatsapp_service.outbox.steps import UNKNOWN_OUTCOME, Outcome, Send, outcome_of

Receipt = Callable[[int, bool], None]
"""Is told the event row of a message, and whether the channel accepted it."""
AfterLast = Callable[[Connection], Lease | None]
"""What else belongs into the write that ends the sending; gives another lease that ends with it."""

_PARTS: TypeAdapter[Part | Invitation] = TypeAdapter(Part | Invitation)


class Postman:
    """Works under the send lease of a conversation, so that no message overtakes an earlier one."""

    def __init__(
        self,
        database: Database,
        *,
        leases: Leases,
        accounts: Accounts,
        picker: Picker,
        executor: ExecutorApi,
        changes: Changes,
        receipt: Receipt,
        excuses: Excuses,
        metrics: Metrics,
        limits: Limits,
        now: Clock,
    ) -> None:
        self._database = database
        self._leases = leases
        self._accounts = accounts
        self._picker = picker
        self._executor = executor
        self._changes = changes
        self._receipt = receipt
        self._excuses = excuses
        self._metrics = metrics
        self._limits = limits
        self._now = now

    def run(self, conversation_id: str) -> float | None:
        """Sends what can be sent now; gives the seconds until more can, if it knows."""
        round_ = self._database.write(lambda connection: self.begin(connection, conversation_id))
        return self.carry_on(round_) if round_ else None

    def begin(self, connection: Connection, conversation_id: str) -> Round | None:
        """Inside a write: takes the lease and the first message; None when another thread or process is at it."""
        lease = self._leases.lease("send", conversation_id)
        conversation = self._leases.claim(connection, lease)
        if conversation is None:
            return None
        round_ = Round(lease, conversation)
        self._picker.take(connection, round_)
        if round_.row is None:
            self._leases.release(connection, lease)
        return round_

    def begin_with(self, connection: Connection, round_: Round, new: Sequence[NewOutbound]) -> list[NewChange]:
        """Inside a write, under a lease just claimed: puts messages into the outbox and takes the first one."""
        now = self._now()
        if store.first_open(connection, round_.conversation.id) is None:
            step = self._picker.step(round_.conversation, store.fresh_row(new[0], now))
            if isinstance(step, Send):
                changed, round_.row = store.enqueue_sending(connection, round_.conversation, new, now)
            else:
                changed = store.enqueue(connection, round_.conversation, new, now, is_instant=False)
        else:
            changed = store.enqueue(connection, round_.conversation, new, now, is_instant=False)
        if round_.row is None:
            self._picker.take(connection, round_)
        return changed

    def carry_on(self, round_: Round, after_last: AfterLast | None = None) -> float | None:
        """Sends one message after the other; `after_last` happens in the write that finds no more."""
        try:
            self._report_given_up(round_)
            while round_.row is not None:
                self._deliver(round_, round_.row, after_last)
                self._report_given_up(round_)
        except BaseException:
            self._leases.abandon(round_.lease)
            raise
        return round_.wait_seconds

    def _deliver(self, round_: Round, row: OutboundRow, after_last: AfterLast | None) -> None:
        conversation = round_.conversation
        sender = self._accounts.find(conversation.channel, conversation.account)
        try:
            if sender is None:
                raise NotSent("the account is gone")
            external_id = sender.send(self._letter(conversation, row))
        except (SendError, TemporaryError, NotFound, ValueError) as error:
            outcome = self._outcome(sender, conversation, row, error)
            self._database.write(lambda connection: self._note_failed(connection, round_, row, outcome, after_last))
            self._report(row, outcome)
            return
        self._database.write(lambda connection: self._note_sent(connection, round_, row, external_id, after_last))
        self._changes.announce()
        self._metrics.sent("sent")
        if row.event_id is not None:
            self._receipt(row.event_id, True)

    def _letter(self, conversation: Conversation, row: OutboundRow) -> Letter:
        def on_body(bodies: int) -> None:
            self._database.write(lambda connection: store.note_bodies(connection, row.id, bodies))

        return Letter(
            part=_PARTS.validate_python(row.content),
            to=conversation.address,
            callback=callback_of(row.id),
            reply_to=row.reply_to,
            bodies_sent=row.bodies_sent,
            open_file=self._executor.open_artifact,
            on_body=on_body,
        )

    def _note_sent(
        self,
        connection: Connection,
        round_: Round,
        row: OutboundRow,
        external_id: str,
        after_last: AfterLast | None,
    ) -> None:
        now = self._now()
        store.mark_sent(connection, row.id, external_id, now)
        self._next(connection, round_, row, after_last)

    def _note_failed(
        self,
        connection: Connection,
        round_: Round,
        row: OutboundRow,
        outcome: Outcome,
        after_last: AfterLast | None,
    ) -> None:
        conversation = round_.conversation
        store.put_back(
            connection,
            row.id,
            outcome.state,
            due=outcome.due,
            reason=outcome.reason,
            was_unknown=row.was_unknown or outcome.state == "unknown",
        )
        added: list[NewChange] = []
        if outcome.park:
            added += self._picker.park(connection, round_, is_refused=True)
        if outcome.explain and row.kind == "file":
            added += self._excuses.say(connection, conversation, row.key, row.content, self._now())
        if outcome.hold_account:
            self._accounts.hold(connection, conversation.channel, conversation.account, outcome.hold_account)
        if outcome.slow_account_seconds:
            self._accounts.slow(conversation.channel, conversation.account, outcome.slow_account_seconds)
        self._next(connection, round_, row, after_last, added)

    def _next(
        self,
        connection: Connection,
        round_: Round,
        row: OutboundRow,
        after_last: AfterLast | None,
        added: Sequence[NewChange] = (),
    ) -> None:
        self._picker.take(connection, round_)
        if round_.row is None:
            turn = after_last(connection) if after_last is not None else None
            if turn is None:
                self._leases.release(connection, round_.lease)
            else:
                self._leases.release_both(connection, turn, round_.lease)
        append_changes(connection, self._now(), [NewChange(round_.conversation.id, "status", row.id), *added])

    def _outcome(
        self, sender: Sender | None, conversation: Conversation, row: OutboundRow, error: Exception
    ) -> Outcome:
        now, attempts = self._now(), row.attempts + 1
        if isinstance(error, ValueError | NotFound) or sender is None:
            get_logger("gateway").error("message_unsendable", message_id=row.id, kind=row.kind, exc_info=error)
            return Outcome("failed", type(error).__name__, now, alert=True, explain=True)
        failure = error if isinstance(error, SendError) else NotSent(type(error).__name__)
        if isinstance(failure, OutcomeUnknown) and row.was_unknown:
            return Outcome("failed", UNKNOWN_OUTCOME, now, alert=True)
        decision = sender.decide(failure, attempts, window_open=self._picker.is_window_open(conversation))
        if row.kind == TEMPLATE and isinstance(decision, UseTemplate):
            decision = Final("template", alert=True)
        return outcome_of(decision, now, NEVER, self._limits.unknown_seconds)

    def _report_given_up(self, round_: Round) -> None:
        while round_.given_up:
            self._report(*round_.given_up.pop(0))
        while round_.lost_rows:
            self._changes.announce()
            self._receipt(round_.lost_rows.pop(), False)

    def _report(self, row: OutboundRow, outcome: Outcome) -> None:
        self._changes.announce()
        self._metrics.sent(outcome.state)
        log = get_logger("gateway").error if outcome.alert else get_logger("gateway").warning
        log("message_not_sent", message_id=row.id, state=outcome.state, reason=outcome.reason)
        if outcome.state == "failed" and row.event_id is not None:
            self._receipt(row.event_id, False)
