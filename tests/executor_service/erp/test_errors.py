"""The table from answers to errors, over every recorded refusal."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from requests.structures import CaseInsensitiveDict

from executor_service.erp import errors
from shared.errors import ContractBroken, CredentialsRefused, ErpBusy, ErpRefused, ErpUnreachable, error_classes
from tests.executor_service.erp.recordings import exchanges, expected_errors

REFUSALS = {name: one for name, one in exchanges().items() if one.status >= 400}


@pytest.mark.parametrize("name", REFUSALS)
def test_recorded_refusal_becomes_the_expected_error(name: str) -> None:
    one, expected = REFUSALS[name], expected_errors()[name]
    error = errors.error_of(one.status, CaseInsensitiveDict(one.headers), one.body)
    assert type(error).__name__ == expected["error"]
    assert error.params.get("message") == expected.get("message")
    assert getattr(error, "retry_after_seconds", None) == expected.get("retry_after_seconds")


def test_every_recorded_refusal_is_listed_and_nothing_else() -> None:
    assert expected_errors().keys() == REFUSALS.keys()
    assert len(REFUSALS) > 90


def test_no_error_shows_html_a_traceback_or_more_than_500_characters() -> None:
    for one in REFUSALS.values():
        error = errors.error_of(one.status, one.headers, one.body)
        message = error.params.get("message", "")
        assert len(message) <= 500
        for trace in ("<strong", "<a ", "<br", "Traceback", "[frames removed]", "\n"):
            assert trace not in message + error.detail


def test_every_class_in_the_table_is_of_the_tree() -> None:
    known = set(error_classes().values())
    assert set(errors.BY_KIND.values()) | set(errors.BY_STATUS.values()) <= known


@pytest.mark.parametrize("status", [301, 302, 308])
def test_redirect_is_a_broken_contract(status: int) -> None:
    assert type(errors.error_of(status, {"location": "https://other.example"}, b"")) is ContractBroken


@pytest.mark.parametrize("status", [502, 504, 520, 524])
def test_web_page_of_a_proxy_means_unreachable(status: int) -> None:
    error = errors.error_of(status, {}, b"<html><h1>Bad gateway</h1></html>")
    assert type(error) is ErpUnreachable


def test_deadlock_told_by_the_database_means_busy() -> None:
    body = {"exc_type": "OperationalError", "exception": "pymysql.err.OperationalError: (1213, 'Deadlock found')"}
    assert type(errors.error_of(500, {}, json.dumps(body).encode())) is ErpBusy


def test_guest_behind_a_proxy_that_drops_our_header_means_credentials() -> None:
    messages = json.dumps([json.dumps({"message": "User <strong>Guest</strong> does not have access"})])
    body = {"exc_type": "PermissionError", "_server_messages": messages}
    assert type(errors.error_of(403, {}, json.dumps(body).encode())) is CredentialsRefused


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"x"', b"\xff\xfe", b"{}", b'{"errors": []}', b"[" * 9999])
def test_strange_body_still_gives_the_error_of_its_status(body: bytes) -> None:
    assert type(errors.error_of(417, {}, body)) is ErpRefused
    assert errors.error_of(417, {}, body).params["message"] == "417"


def test_phone_number_in_the_words_is_hidden() -> None:
    body = json.dumps({"exc_type": "ValidationError", "exception": "frappe.exceptions.X: +51 987 654 321 is wrong"})
    assert errors.error_of(417, {}, body.encode()).params["message"] == "… is wrong"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("49", 49.0), ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0), ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0)],
)
def test_retry_after_is_read_as_number_or_date(value: str, seconds: float) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert errors.retry_after_seconds({"retry-after": value}, now=now) == seconds


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5e3"])
def test_retry_after_that_is_nonsense_says_nothing(value: str) -> None:
    assert errors.retry_after_seconds({"retry-after": value}) is None
