"""What a webhook's body tells, and whether its signature is Frappe's."""

from __future__ import annotations

import json

import pytest

from executor_service.hooks.flow_starts import names_of
from executor_service.hooks.notice import BODY, Notice, read_notice
from executor_service.hooks.signature import is_signed, sign
from shared.errors import InvalidArguments

TOLD = {"doctype": "Purchase Order", "name": "PUR-ORD-2026-00055", "event": "on_submit", "modified": "2026-11-20 10:00"}


def test_signature_is_the_base64_of_the_hmac_of_the_body() -> None:
    # computed with openssl: printf '{"a": 1}' | openssl dgst -sha256 -hmac geheim -binary | base64
    assert sign("geheim", b'{"a": 1}') == "Kd+tRh/5Zrs5Rnsu3WF2wNV6bC9qt4vb3l4KcoE6eks="


@pytest.mark.parametrize("signature", ["", "Kd+t", "ñ", sign("another", b"{}"), sign("geheim", b"{ }")])
def test_other_signatures_are_refused(signature: str) -> None:
    assert not is_signed("geheim", b"{}", signature)


def test_body_that_is_to_be_entered_holds_what_is_read() -> None:
    filled = (
        BODY.replace("{{ doc.doctype }}", "Item").replace("{{ doc.name }}", "CEM").replace("{{ doc.modified }}", "")
    )
    assert read_notice(filled.encode()) == Notice(doctype="Item", name="CEM", event="on_submit")


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"nonsense", b"\xff", b'{"doctype": "Item"}', b"[" * 100_000]
    + [
        json.dumps(TOLD | wrong).encode() for wrong in ({"name": ""}, {"name": 7}, {"name": "x" * 141}, {"event": None})
    ],
)
def test_body_that_tells_nothing_is_refused(raw: bytes) -> None:
    with pytest.raises(InvalidArguments):
        read_notice(raw)


def test_same_happening_told_twice_has_one_digest() -> None:
    told, again = read_notice(json.dumps(TOLD).encode()), read_notice(json.dumps(TOLD, indent=2).encode())
    assert told.digest == again.digest
    assert told.digest != read_notice(json.dumps(TOLD | {"modified": "2026-11-20 10:01"}).encode()).digest


def test_events_are_called_by_people_and_by_frappe() -> None:
    found = names_of(read_notice(json.dumps(TOLD).encode()))
    assert {"Purchase Order.approved", "Purchase Order.on_submit"} <= set(found)
