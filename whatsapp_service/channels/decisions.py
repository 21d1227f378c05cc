"""What to do about a message that was not simply sent. The same words for every channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retry:
    """Send again after so many seconds."""

    after_seconds: float


@dataclass(frozen=True, slots=True)
class HoldChannel:
    """Nothing of this account can be sent until a person has acted: keep the queue, raise an alert."""

    reason: str


@dataclass(frozen=True, slots=True)
class SlowContact:
    """Send nothing to this contact for so many seconds; then this message again."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SlowChannel:
    """Send nothing from this account for so many seconds; then this message again."""

    seconds: float


@dataclass(frozen=True, slots=True)
class UseTemplate:
    """The reply window is closed: send the configured channel template, else this is final."""


@dataclass(frozen=True, slots=True)
class Final:
    """This message will never arrive. `alert`: one of us should look.

    `explain`: the person is told instead, since they wait for a file that the channel does not take.
    """

    reason: str
    alert: bool = False
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been sent: wait for a status with our callback data before deciding."""


Decision = Retry | HoldChannel | SlowContact | SlowChannel | UseTemplate | Final | Unknown
