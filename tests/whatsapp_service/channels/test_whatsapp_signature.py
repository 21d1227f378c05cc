from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

import pytest

from whatsapp_service.channels.whatsapp.signature import wa_challenge, wa_signature_ok

SECRET = "app-secret"
ASKED = {"hub.mode": "subscribe", "hub.verify_token": "ours", "hub.challenge": "1158201444"}


def signed(raw: bytes) -> str:
    return "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()


def test_challenge_is_given_back_as_it_came() -> None:
    assert wa_challenge(ASKED, "ours") == "1158201444"


@pytest.mark.parametrize(
    "change", [{"hub.mode": "unsubscribe"}, {"hub.mode": ""}, {"hub.verify_token": "theirs"}, {"hub.verify_token": "ñ"}]
)
def test_challenge_is_refused(change: dict[str, str]) -> None:
    assert wa_challenge({**ASKED, **change}, "ours") is None


def test_challenge_is_refused_when_nothing_is_asked_or_no_token_is_set() -> None:
    assert wa_challenge({}, "ours") is None
    assert wa_challenge({**ASKED, "hub.verify_token": ""}, "") is None


def test_signature_of_the_raw_bytes_is_good(sample: str, payload: Callable[[str], bytes]) -> None:
    raw = payload(sample)
    assert wa_signature_ok(SECRET, raw, signed(raw))
    assert not wa_signature_ok(SECRET, raw + b" ", signed(raw))


@pytest.mark.parametrize("header", [None, "", "sha256=", "sha1=00", "ñ", "\udcff", signed(b"other"), signed(b"x")[7:]])
def test_signature_is_refused(header: str | None) -> None:
    assert not wa_signature_ok(SECRET, b"x", header)


def test_signature_without_a_secret_is_refused() -> None:
    assert not wa_signature_ok("", b"x", "sha256=" + hmac.new(b"", b"x", hashlib.sha256).hexdigest())
