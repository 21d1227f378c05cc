"""Limits, repetitions and lost answers, over real sockets."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from executor_service.erp.frappe import FrappeErp
from executor_service.erp.site import FrappeSite, TokenAuth
from shared.errors import (
    ContractBroken,
    CredentialsRefused,
    ErpBusy,
    ErpRefused,
    ErpUnreachable,
    RateLimited,
    UnknownOutcome,
)
from tests.executor_service.erp.conftest import IMPATIENT, KEY, SECRET, SMALL

MakeErp = Callable[..., FrappeErp]
EVERY_PATH = re.compile(".*")


def answer_in_turn(server: HTTPServer, *answers: Response) -> list[Request]:
    """Answers each request with the next answer, the last one for ever; gives the requests as they come."""
    seen: list[Request] = []

    def handle(request: Request) -> Response:
        seen.append(request)
        return answers[min(len(seen), len(answers)) - 1]

    server.expect_request(EVERY_PATH).respond_with_handler(handle)
    return seen


def found() -> Response:
    return Response('{"data": {"name": "X"}, "message": {"name": "X"}}', content_type="application/json")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_read_is_repeated_until_the_site_answers(httpserver: HTTPServer, erp: FrappeErp, status: int) -> None:
    seen = answer_in_turn(httpserver, Response(status=status), Response(status=status), found())
    assert erp.get("Item", "X") == {"name": "X"}
    assert len(seen) == 3


def test_read_ends_after_three_attempts(httpserver: HTTPServer, erp: FrappeErp, pauses: list[float]) -> None:
    seen = answer_in_turn(httpserver, Response(status=503))
    with pytest.raises(ErpBusy):
        erp.get("Item", "X")
    assert len(seen) == 3
    assert len(pauses) == 2
    assert max(pauses) <= 5


def test_short_retry_after_is_waited_for(httpserver: HTTPServer, erp: FrappeErp, pauses: list[float]) -> None:
    answer_in_turn(httpserver, Response(status=429, headers={"Retry-After": "2"}), found())
    erp.get("Item", "X")
    assert pauses == [2.0]


def test_long_retry_after_is_left_to_the_task(httpserver: HTTPServer, erp: FrappeErp, pauses: list[float]) -> None:
    seen = answer_in_turn(httpserver, Response(status=429, headers={"Retry-After": "49"}))
    with pytest.raises(RateLimited) as raised:
        erp.get("Item", "X")
    assert raised.value.retry_after_seconds == 49
    assert (len(seen), pauses) == (1, [])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 417, 500])
def test_refused_read_is_not_repeated(httpserver: HTTPServer, erp: FrappeErp, status: int) -> None:
    seen = answer_in_turn(httpserver, Response(status=status))
    with pytest.raises(Exception, match=str(status)):
        erp.get("Item", "X")
    assert len(seen) == 1


def test_read_is_repeated_when_the_connection_breaks(make_erp: MakeErp, deaf_url: str, pauses: list[float]) -> None:
    with pytest.raises(ErpUnreachable):
        make_erp(deaf_url).get("Item", "X")
    assert len(pauses) == 2


def test_slow_read_is_given_up_at_once(httpserver: HTTPServer, make_erp: MakeErp, pauses: list[float]) -> None:
    httpserver.expect_request("/api/resource/Item/X").respond_with_handler(lambda _: time.sleep(0.5) or found())
    with pytest.raises(ErpUnreachable):
        make_erp(limits=IMPATIENT).get("Item", "X")
    assert pauses == []


def test_report_may_take_longer_than_other_reads(httpserver: HTTPServer, make_erp: MakeErp) -> None:
    report = Response('{"message": {"result": [], "columns": []}}', content_type="application/json")
    httpserver.expect_request("/api/method/frappe.desk.query_report.run").respond_with_handler(
        lambda _: time.sleep(0.4) or report
    )
    assert make_erp(limits=IMPATIENT).run_report("Sales Register", {}).rows == ()


@pytest.mark.parametrize("status", [429, 503])
def test_refused_write_is_sent_once(httpserver: HTTPServer, erp: FrappeErp, status: int) -> None:
    seen = answer_in_turn(httpserver, Response(status=status))
    with pytest.raises((RateLimited, ErpBusy)):
        erp.insert("Item", {"item_code": "X"})
    assert len(seen) == 1


@pytest.mark.parametrize("status", [502, 504, 524])
def test_write_behind_a_failing_proxy_is_unknown(httpserver: HTTPServer, erp: FrappeErp, status: int) -> None:
    seen = answer_in_turn(httpserver, Response(status=status))
    with pytest.raises(UnknownOutcome):
        erp.insert("Item", {"item_code": "X"})
    assert len(seen) == 1


def test_write_whose_connection_breaks_is_unknown(make_erp: MakeErp, deaf_url: str) -> None:
    with pytest.raises(UnknownOutcome):
        make_erp(deaf_url).cancel("Sales Order", "X")


def test_write_without_answer_in_time_is_unknown(httpserver: HTTPServer, make_erp: MakeErp) -> None:
    httpserver.expect_request("/api/method/frappe.client.cancel").respond_with_handler(
        lambda _: time.sleep(0.5) or found()
    )
    with pytest.raises(UnknownOutcome):
        make_erp(limits=IMPATIENT).cancel("Sales Order", "X")


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"message": 1}', "x" * 200_000])
def test_accepted_write_with_unreadable_answer_is_unknown(httpserver: HTTPServer, erp: FrappeErp, body: str) -> None:
    answer_in_turn(httpserver, Response(body))
    with pytest.raises(UnknownOutcome):
        erp.update("Item", "X", {"item_name": "Y"})


def test_write_that_never_left_is_unreachable_and_can_be_repeated(make_erp: MakeErp, closed_url: str) -> None:
    with pytest.raises(ErpUnreachable):
        make_erp(closed_url).insert("Item", {"item_code": "X"})


def test_host_that_does_not_exist_is_unreachable(make_erp: MakeErp) -> None:
    with pytest.raises(ErpUnreachable):
        make_erp("http://no-such-host.invalid").insert("Item", {"item_code": "X"})


@pytest.mark.parametrize("body", ['{"data": [', "<html></html>", "[1]", '{"data": [1]}', ""])
def test_answer_that_is_not_expected_breaks_the_contract(httpserver: HTTPServer, erp: FrappeErp, body: str) -> None:
    answer_in_turn(httpserver, Response(body))
    with pytest.raises(ContractBroken):
        erp.find("Item")


def test_answer_over_the_limit_is_not_read_to_its_end(httpserver: HTTPServer, erp: FrappeErp) -> None:
    answer_in_turn(httpserver, Response('{"data": "' + "x" * 200_000 + '"}'))
    with pytest.raises(ContractBroken, match="AnswerTooLarge"):
        erp.get("Item", "X")


def test_body_that_drips_for_ever_is_given_up(httpserver: HTTPServer, make_erp: MakeErp) -> None:
    def drip() -> Response:
        return Response((time.sleep(0.1) or b" " * 70_000 for _ in range(30)), content_type="application/json")

    answer_in_turn(httpserver, drip())
    erp = make_erp(limits=replace(SMALL, body_seconds=0.3, response_bytes=10**8))
    with pytest.raises(ErpUnreachable, match="AnswerTooSlow"):
        erp.get("Item", "X")


def test_redirect_is_not_followed(httpserver: HTTPServer, erp: FrappeErp) -> None:
    seen = answer_in_turn(httpserver, Response(status=302, headers={"Location": httpserver.url_for("/login")}))
    with pytest.raises(ContractBroken, match="302"):
        erp.get("Item", "X")
    assert len(seen) == 1


def test_cookies_are_neither_kept_nor_sent(httpserver: HTTPServer, erp: FrappeErp) -> None:
    cookie = Response('{"data": {"name": "X"}}', headers={"Set-Cookie": "sid=Guest; Path=/"})
    seen = answer_in_turn(httpserver, cookie)
    erp.get("Item", "X")
    erp.get("Item", "X")
    assert [request.headers.get("Cookie") for request in seen] == [None, None]


def test_token_goes_with_each_request_even_with_a_netrc_file(
    httpserver: HTTPServer, make_erp: MakeErp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login other password other\n")
    monkeypatch.setenv("NETRC", str(netrc))
    seen = answer_in_turn(httpserver, found())
    make_erp().get("Item", "X")
    assert seen[0].headers["Authorization"] == f"token {KEY}:{SECRET}"
    assert seen[0].headers["Accept"] == "application/json"


@pytest.mark.parametrize("secret", ["", "two words", "line\nbreak", "a:b", "ñ", "x" * 201])
def test_secret_that_no_header_can_carry_is_refused_without_showing_it(make_erp: MakeErp, secret: str) -> None:
    with pytest.raises(CredentialsRefused) as raised:
        make_erp(secret=secret)
    assert not secret or secret not in str(raised.value)
    assert SECRET not in repr(TokenAuth(KEY, SECRET))


def test_errors_show_neither_secret_nor_filter_values(make_erp: MakeErp, closed_url: str) -> None:
    with pytest.raises(ErpUnreachable) as raised:
        make_erp(closed_url).find("Customer", [("mobile_no", "=", "+51987654303")])
    error = raised.value
    assert "987654303" not in f"{error} {error.detail} {error.params} {error.__cause__}"
    assert SECRET not in f"{error} {error.detail} {error.params} {error.__cause__}"
    assert error.__suppress_context__


@pytest.mark.parametrize("url", ["", "erp.example", "ftp://erp.example", "https://u:p@erp.example", "https://e?x=1"])
def test_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ContractBroken):
        FrappeSite(url)


def test_version_is_asked_once_for_the_whole_site(httpserver: HTTPServer) -> None:
    versions = Response('{"message": {"erpnext": {"version": "15.92.1"}}}')
    seen = answer_in_turn(httpserver, versions)
    site = FrappeSite(httpserver.url_for("/"))
    assert {FrappeErp(site, KEY, SECRET).version() for _ in range(3)} == {"15.92.1"}
    assert len(seen) == 1
    site.close()


def test_words_of_a_refused_write_reach_the_caller(httpserver: HTTPServer, erp: FrappeErp) -> None:
    body = '{"exc_type": "ValidationError", "exception": "frappe.exceptions.ValidationError: Not <b>today</b>"}'
    answer_in_turn(httpserver, Response(body, status=417))
    with pytest.raises(ErpRefused) as raised:
        erp.insert("Item", {"item_code": "X"})
    assert raised.value.params["message"] == "Not today"
