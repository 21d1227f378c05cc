"""What to do with the first message of a conversation's outbox: decided here, done elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from whatsapp_service.channels.decisions import (
    Decision,
    Final,
    HoldChannel,
    Retry,
    SlowChannel,
    SlowContact,
    Unknown,
    UseTemplate,
)
from whatsapp_service.model import OutboundRow
from whatsapp_service.outbox.invitations import TEMPLATE
from whatsapp_service.outbox.senders import Manner

UNKNOWN_OUTCOME = "unknown_outcome"
"""Why a message waits, or was given up, that may have been sent."""
WINDOW_CLOSED = "window_closed"
"""Why a message waits for the person, or never reached them."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send it now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Look again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep it and all behind it until a person acts."""

    reason: str


@dataclass(frozen=True, slots=True)
class Park:
    """Keep it and all behind it until the person writes."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It will never be sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """It may have been sent when a process died: wait so many seconds for a status first."""

    seconds: float


Step = Send | Wait | Hold | Park | GiveUp | Doubt


def next_step(
    row: OutboundRow,
    now: datetime,
    *,
    manner: Manner | None,
    held_reason: str,
    account_wait_seconds: float,
    window_open: bool,
    is_parked: bool,
    unknown_seconds: float,
) -> Step:
    """What to do with the first row of an outbox whose lease we hold.

    Nobody else sends while we hold it, so a row found `sending` was left behind by a process that died.
    """
    if manner is None:
        return Hold("unknown_account")
    if row.state == "sending":
        return Send() if manner.repeatable else _left_behind(row, unknown_seconds)
    if row.state == "held" or held_reason:
        return Hold(held_reason or "held")
    if row.due_at > now:
        return Wait((row.due_at - now).total_seconds())
    if account_wait_seconds > 0:
        return Wait(account_wait_seconds)
    if manner.has_window and row.kind != TEMPLATE and (is_parked or not window_open):
        return Park()
    return Send()


def _left_behind(row: OutboundRow, unknown_seconds: float) -> Step:
    """It is sent once more at most: better never than three times."""
    return GiveUp(UNKNOWN_OUTCOME) if row.was_unknown else Doubt(unknown_seconds)


def is_window_open(last_inbound_at: datetime | None, now: datetime, window_seconds: float) -> bool:
    """Whether the person wrote so lately that free text may be sent to them."""
    return last_inbound_at is not None and now - last_inbound_at < timedelta(seconds=window_seconds)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state a message gets after a try that did not simply succeed, and when it is looked at again.

    `park`: it waits for the person instead, with all behind it, unless they wrote meanwhile.
    """

    state: str
    reason: str
    due: datetime
    hold_account: str = ""
    slow_account_seconds: float = 0
    alert: bool = False
    explain: bool = False
    park: bool = False


def outcome_of(decision: Decision, now: datetime, never: datetime, unknown_seconds: float) -> Outcome:
    """A channel's decision as the state of the row."""
    match decision:
        case Retry(after_seconds=seconds):
            return Outcome("retry", "retry", now + timedelta(seconds=seconds))
        case SlowContact(seconds=seconds):
            return Outcome("retry", "slow_contact", now + timedelta(seconds=seconds))
        case SlowChannel(seconds=seconds):
            return Outcome("retry", "slow_channel", now + timedelta(seconds=seconds), slow_account_seconds=seconds)
        case HoldChannel(reason=reason):
            return Outcome("held", reason, never, hold_account=reason, alert=True)
        case Unknown():
            return Outcome("unknown", UNKNOWN_OUTCOME, now + timedelta(seconds=unknown_seconds))
        case UseTemplate():
            return Outcome("retry", WINDOW_CLOSED, now, park=True)
        case Final(reason=reason, alert=alert, explain=explain):
            return Outcome("failed", reason, now, alert=alert, explain=explain)
