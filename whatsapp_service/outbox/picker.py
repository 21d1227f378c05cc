"""The picker: which message of a conversation leaves next, and what becomes of those that do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection

from shared.clock import Clock
from whatsapp_service.changes import NewChange, append_changes
from whatsapp_service.conversations import find_conversation
from whatsapp_service.lanes.leases import Lease
from whatsapp_service.limits import Limits
from whatsapp_service.model import Conversation, OutboundRow
from whatsapp_service.outbox import store
from whatsapp_service.outbox.accounts import Accounts
from whatsapp_service.outbox.buckets import Buckets
from whatsapp_service.outbox.parking import Parking
from whatsapp_service.outbox.steps import (
    UNKNOWN_OUTCOME,
    Doubt,
    GiveUp,
    Hold,
    Outcome,
    Park,
    Send,
    Step,
    Wait,
    is_window_open,
    next_step,
)


@dataclass(slots=True)
class Round:
    """One message in hand, or none and when to come back; and those found that will never be sent.

    `lost_rows`: the executor's rows of which the person gets nothing.
    """

    lease: Lease
    conversation: Conversation
    row: OutboundRow | None = None
    wait_seconds: float | None = None
    given_up: list[tuple[OutboundRow, Outcome]] = field(default_factory=list)
    lost_rows: set[int] = field(default_factory=set)


class Picker:
    """Works inside writes of others, under the send lease of a conversation."""

    def __init__(self, *, accounts: Accounts, buckets: Buckets, parking: Parking, limits: Limits, now: Clock) -> None:
        self._accounts = accounts
        self._buckets = buckets
        self._parking = parking
        self._limits = limits
        self._now = now

    def take(self, connection: Connection, round_: Round) -> None:
        """The next message to send, marked so, or none."""
        round_.row, round_.wait_seconds = None, None
        changed: list[NewChange] = []
        while (row := store.first_open(connection, round_.conversation.id)) is not None:
            step = self.step(round_.conversation, row)
            if isinstance(step, Send):
                store.mark_sending(connection, row.id, self._now())
                round_.row = row
                break
            if isinstance(step, Park):
                changed += self.park(connection, round_)
                continue
            if not self._set_aside(connection, round_, row, step):
                break
            changed.append(NewChange(round_.conversation.id, "status", row.id))
        append_changes(connection, self._now(), changed)

    def step(self, conversation: Conversation, row: OutboundRow) -> Step:
        """What to do with a message now; one that may leave has been counted in its contact's pace."""
        now, name = self._now(), (conversation.channel, conversation.account)
        sender = self._accounts.find(*name)
        step = next_step(
            row,
            now,
            manner=sender.manner if sender else None,
            held_reason=self._accounts.held_reason(*name),
            account_wait_seconds=self._accounts.wait_seconds(*name),
            window_open=self.is_window_open(conversation),
            is_parked=conversation.parked_at is not None,
            unknown_seconds=self._limits.unknown_seconds,
        )
        if isinstance(step, Send) and sender is not None and sender.manner.is_paced:
            seconds = self._buckets.take(conversation.contact_id)
            return Wait(seconds) if seconds > 0 else step
        return step

    def is_window_open(self, conversation: Conversation) -> bool:
        return is_window_open(conversation.last_inbound_at, self._now(), self._limits.window_seconds)

    def park(self, connection: Connection, round_: Round, *, is_refused: bool = False) -> list[NewChange]:
        """Lets what waits wait for the person, unless they wrote meanwhile; the round then knows."""
        park = self._parking.park_refused if is_refused else self._parking.park
        moved = park(connection, round_.conversation, self._now())
        round_.conversation = find_conversation(connection, round_.conversation.id) or round_.conversation
        if moved is None:
            return []
        round_.lost_rows |= moved.lost_rows
        return list(moved.changes)

    def _set_aside(self, connection: Connection, round_: Round, row: OutboundRow, step: Step) -> bool:
        """Notes why the first message does not leave now; whether the one behind it may be looked at."""
        now = self._now()
        match step:
            case GiveUp(reason=reason):
                store.put_back(connection, row.id, "failed", due=now, reason=reason, was_unknown=row.was_unknown)
                outcome = Outcome("failed", reason, now, alert=reason == UNKNOWN_OUTCOME)
                round_.given_up.append((row, outcome))
                return True
            case Hold(reason=reason):
                store.hold_all(connection, round_.conversation.id, reason)
            case Doubt(seconds=seconds):
                due = now + timedelta(seconds=seconds)
                store.put_back(connection, row.id, "unknown", due=due, reason=UNKNOWN_OUTCOME, was_unknown=True)
                round_.wait_seconds = seconds
            case Wait(seconds=seconds):
                round_.wait_seconds = seconds
            case Send() | Park():
                pass
        return False
