"""Each row of the error table, and the rules for what is not in it."""

from __future__ import annotations

import pytest

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
from whatsapp_service.channels.types import ApiErrorInfo
from whatsapp_service.channels.whatsapp.errors import TABLE, decide

TROUBLE = (Retry(5), Final("service_trouble", alert=True))
CREDENTIALS = (HoldChannel("credentials"),) * 2
NUMBER = (HoldChannel("number"),) * 2
POLICY = (HoldChannel("policy"),) * 2
REGISTRATION = (HoldChannel("registration"),) * 2
CALL_LIMIT = (Retry(300), Final("call_limit", alert=True))


def final(reason: str, *, alert: bool = False) -> tuple[Decision, Decision]:
    return Final(reason, alert), Final(reason, alert)


# What follows from the first failure, and what when the tries are used up.
ROWS: dict[int, tuple[Decision, Decision]] = {
    **dict.fromkeys((1, 2, 131000, 131016, 133004), TROUBLE),
    131057: (Retry(60), Final("maintenance", alert=True)),
    131056: (SlowContact(1), Final("pair_rate", alert=True)),
    130429: (SlowChannel(5), Final("number_rate", alert=True)),
    4: CALL_LIMIT,
    80007: CALL_LIMIT,
    131048: (HoldChannel("spam_limit"),) * 2,
    **dict.fromkeys((0, 3, 10, 190, 131005, *range(200, 300)), CREDENTIALS),
    **dict.fromkeys((33, 131037, 133010, 131045), NUMBER),
    **dict.fromkeys((368, 131031, 130497, 131042), POLICY),
    131047: (UseTemplate(), UseTemplate()),
    131026: final("undeliverable"),
    **dict.fromkeys((131021, 131030), final("recipient_not_allowed")),
    **dict.fromkeys((131049, 130472), final("marketing_not_delivered")),
    131050: final("opted_out"),
    131051: final("type_not_supported", alert=True),
    131062: (Final("bsuid_not_supported"),) * 2,
    137000: final("identity_changed"),
    131063: final("marketing_switched_off", alert=True),
    131064: final("template_violations", alert=True),
    **dict.fromkeys((100, 131008, 131009), final("bad_request", alert=True)),
    135000: (Retry(5), Final("generic", alert=True)),
    131053: (Retry(5), Final("media_unusable", explain=True)),
    131052: final("inbound_media_unavailable"),
    **dict.fromkeys((132000, 132001, 132005, 132007, 132012, 132018), final("template", alert=True)),
    **dict.fromkeys((132015, 132016), final("template_stopped", alert=True)),
    **dict.fromkeys((132068, 132069), final("form", alert=True)),
    **dict.fromkeys((*range(133005, 133010), 133015, 133016), REGISTRATION),
}


def test_every_row_of_the_table_is_tested() -> None:
    assert set(TABLE) == set(ROWS)


@pytest.mark.parametrize("http", [0, 400, 500])
@pytest.mark.parametrize("code", sorted(ROWS))
def test_code_decides_whatever_the_http_status(code: int, http: int) -> None:
    first, last = ROWS[code]
    assert decide(ApiError(http, code), 1) == first
    assert decide(ApiError(http, code), 99) == last


@pytest.mark.parametrize(
    ("error", "decision"),
    [
        (ApiError(500), Retry(5)),
        (ApiError(502, 999_999), Retry(5)),
        (ApiError(429), SlowChannel(5)),
        (ApiError(429, 999_999), SlowChannel(5)),
        (ApiError(400), Final("unknown_error", alert=True)),
        (ApiError(400, 999_999), Final("unknown_error", alert=True)),
        (ApiError(0, 131014), Final("unknown_error", alert=True)),
        (ApiError(401), HoldChannel("credentials")),
        (ApiError(403), HoldChannel("credentials")),
        (ApiError(302), HoldChannel("redirected")),
        (ApiError(400, 100, 33), HoldChannel("number")),
        (ApiError(400, 190, 463), HoldChannel("credentials")),
        (NotSent(), Retry(5)),
        (OutcomeUnknown(), Unknown()),
    ],
)
def test_decision_without_a_row(error: SendError, decision: Decision) -> None:
    assert decide(error, 1) == decision


@pytest.mark.parametrize(
    ("code", "delays"),
    [
        (131000, [5, 15, 45, 135, 405]),
        (131056, [1, 4, 16, 64, 256, 1024, 3600]),
        (130429, [5, 10, 20, 40, 80, 160, 300, 300, 300, 300, 300]),
        (4, [300, 600, 1200, 2400, 3600, 3600, 3600]),
        (135000, [5]),
        (131053, [5]),
    ],
)
def test_delays_grow_to_a_limit_and_end(code: int, delays: list[float]) -> None:
    tries = len(delays) + 1
    found = [decide(ApiError(400, code), attempts) for attempts in range(1, tries + 1)]
    assert [seconds(decision) for decision in found[:-1]] == delays
    assert isinstance(found[-1], Final)


def test_jitter_lengthens_by_up_to_a_quarter() -> None:
    assert decide(ApiError(500), 1, jitter=1.0) == Retry(6.25)
    assert decide(ApiError(400, 131056), 2, jitter=0.5) == SlowContact(4.5)


def test_retry_after_is_a_lower_bound() -> None:
    assert decide(ApiError(429, retry_after=90), 1) == SlowChannel(90)
    assert decide(ApiError(503, retry_after=1), 1) == Retry(5)


def test_window_closed_is_tried_once_more_when_our_books_say_it_is_open() -> None:
    closed = ApiError(400, 131047)
    assert decide(closed, 1, window_open=True) == Retry(60)
    assert decide(closed, 2, window_open=True) == UseTemplate()


def test_status_error_leads_to_the_same_decision() -> None:
    assert decide(ApiError.from_status(ApiErrorInfo(131056, "pair rate")), 1) == SlowContact(1)
    assert decide(ApiError.from_status(ApiErrorInfo(None)), 1) == Final("unknown_error", alert=True)


def test_error_text_stays_out_of_str() -> None:
    error = ApiError(400, 100, text="Param +12025550143 is wrong", trace="AbC")
    assert str(error) == "HTTP 400, code 100, subcode None, trace AbC"


def seconds(decision: Decision) -> float:
    assert isinstance(decision, Retry | SlowContact | SlowChannel)
    return decision.after_seconds if isinstance(decision, Retry) else decision.seconds
