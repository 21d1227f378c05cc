"""What to do about each error of the Cloud API: one table, read by `decide`.

Source: Meta, "Cloud API error codes". The code decides; HTTP says something only about codes that are not listed,
because rate limits come as 400 and permission trouble as 500.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
from whatsapp_service.channels.failures import ApiError, NotSent, OutcomeUnknown, SendError

JITTER_SHARE = 0.25
WINDOW_CLOSED = 131047
WINDOW_RETRY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay that grows with each try, and the number of tries after which it is given up."""

    first_seconds: float
    factor: float
    longest_seconds: float
    tries: int

    def seconds(self, attempts: int, jitter: float, at_least: float | None) -> float:
        """The delay after the given number of tries; jitter (0 to 1) only lengthens it."""
        grown = self.first_seconds * self.factor ** min(attempts - 1, self.tries)
        return max(min(grown, self.longest_seconds), at_least or 0) * (1 + JITTER_SHARE * jitter)


Make = Callable[[float], Decision]


@dataclass(frozen=True, slots=True)
class Rule:
    """Wait by `delay` with the decision that `make` gives; `then` when there are no tries left."""

    delay: Delay
    make: Make
    then: Decision


_TROUBLE = Rule(Delay(5, 3, 600, 6), Retry, Final("service_trouble", alert=True))
_OFFLINE = Rule(Delay(5, 3, 600, 30), Retry, Final("unreachable", alert=True))
_MAINTENANCE = Rule(Delay(60, 2, 600, 8), Retry, Final("maintenance", alert=True))
_CALL_LIMIT = Rule(Delay(300, 2, 3600, 8), Retry, Final("call_limit", alert=True))
_PAIR_RATE = Rule(Delay(1, 4, 3600, 8), SlowContact, Final("pair_rate", alert=True))
_NUMBER_RATE = Rule(Delay(5, 2, 300, 12), SlowChannel, Final("number_rate", alert=True))
_GENERIC = Rule(Delay(5, 3, 600, 2), Retry, Final("generic", alert=True))
_MEDIA = Rule(Delay(5, 3, 600, 2), Retry, Final("media_unusable", explain=True))

_CREDENTIALS = HoldChannel("credentials")
_NUMBER = HoldChannel("number")
_POLICY = HoldChannel("policy")
_OUR_BUG = Final("bad_request", alert=True)
_TEMPLATE = Final("template", alert=True)
_FORM = Final("form", alert=True)
_REGISTRATION = HoldChannel("registration")
_MARKETING = Final("marketing_not_delivered")
_SENDER = Final("recipient_not_allowed")

TABLE: dict[int, Rule | Decision] = {
    **dict.fromkeys((1, 2, 131000, 131016, 133004), _TROUBLE),
    131057: _MAINTENANCE,
    131056: _PAIR_RATE,
    130429: _NUMBER_RATE,
    **dict.fromkeys((4, 80007), _CALL_LIMIT),
    131048: HoldChannel("spam_limit"),
    **dict.fromkeys((0, 3, 10, 190, *range(200, 300), 131005), _CREDENTIALS),
    **dict.fromkeys((33, 131037, 133010, 131045), _NUMBER),
    **dict.fromkeys((368, 131031, 130497, 131042), _POLICY),
    WINDOW_CLOSED: UseTemplate(),
    131026: Final("undeliverable"),
    **dict.fromkeys((131021, 131030), _SENDER),
    **dict.fromkeys((131049, 130472), _MARKETING),
    131050: Final("opted_out"),
    131051: Final("type_not_supported", alert=True),
    131052: Final("inbound_media_unavailable"),
    131053: _MEDIA,
    131062: Final("bsuid_not_supported"),
    131063: Final("marketing_switched_off", alert=True),
    131064: Final("template_violations", alert=True),
    137000: Final("identity_changed"),
    **dict.fromkeys((100, 131008, 131009), _OUR_BUG),
    135000: _GENERIC,
    **dict.fromkeys((132000, 132001, 132005, 132007, 132012, 132018), _TEMPLATE),
    **dict.fromkeys((132015, 132016), Final("template_stopped", alert=True)),
    **dict.fromkeys((132068, 132069), _FORM),
    **dict.fromkeys((133005, 133006, 133007, 133008, 133009, 133015, 133016), _REGISTRATION),
}
"""The action for each code."""

SUBCODES: dict[tuple[int, int], Rule | Decision] = {
    (100, 33): _NUMBER,  # the phone number id does not exist, or the token may not see it
}


def decide(error: SendError, attempts: int, *, jitter: float = 0.0, window_open: bool = False) -> Decision:
    """What to do after a failed send.

    Args:
        error: how it failed; a `failed` status comes in through `ApiError.from_status`.
        attempts: how often this message has been tried, the failed try included (1 or more).
        jitter: 0 to 1, chosen by the caller; lengthens delays by up to a quarter.
        window_open: whether our own books say that the person wrote within the last 24 hours. Meta is sometimes late to
            know it, so the first "window closed" is then tried again.
    """
    match error:
        case OutcomeUnknown():
            return Unknown()
        case NotSent():
            return _apply(_OFFLINE, attempts, jitter)
        case ApiError():
            if error.code == WINDOW_CLOSED and window_open and attempts == 1:
                return Retry(WINDOW_RETRY_SECONDS)
            return _apply(_rule(error), attempts, jitter, error.retry_after)
        case _:
            raise TypeError(f"no rule for {type(error).__name__}")


def _rule(error: ApiError) -> Rule | Decision:
    if error.code is None:
        return _by_http(error.http)
    known = SUBCODES.get((error.code, error.subcode or 0)) or TABLE.get(error.code)
    return known or _by_http(error.http)


def _by_http(http: int) -> Rule | Decision:
    if http >= 500:
        return _TROUBLE
    if http == 429:
        return _NUMBER_RATE
    if http in (401, 403):  # from a proxy, or a Graph answer whose body was lost: no message would get through
        return _CREDENTIALS
    if 300 <= http < 400:
        return HoldChannel("redirected")
    return Final("unknown_error", alert=True)


def _apply(rule: Rule | Decision, attempts: int, jitter: float, at_least: float | None = None) -> Decision:
    if not isinstance(rule, Rule):
        return rule
    if attempts >= rule.delay.tries:
        return rule.then
    return rule.make(rule.delay.seconds(attempts, jitter, at_least))
