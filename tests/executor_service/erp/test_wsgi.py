"""Calling an application in this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from werkzeug import Request, Response

from executor_service.erp.frappe import FrappeErp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter

Start = Callable[..., Any]


def session_for(application: Any) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", WsgiAdapter(application))
    return session


def echo(environ: dict[str, Any], start_response: Start) -> Any:
    """Answers with what it was asked."""
    request = Request(environ)
    lines = [request.method, request.path, request.query_string.decode(), request.host, request.content_type or ""]
    text = "\n".join([*lines, request.headers.get("X-Asked", ""), request.get_data(as_text=True)])
    return Response(text, 202, headers={"X-Answered": "yes"}, content_type="text/plain; charset=utf-8")(
        environ, start_response
    )


def test_request_arrives_whole_and_the_answer_comes_back() -> None:
    with session_for(echo) as session:
        answer = session.post(
            "http://demo.invalid/a%20b/%C3%B1%2Fx?q=%25&r=1", json={"a": "ñ"}, headers={"X-Asked": "me"}
        )
    lines = answer.text.split("\n")
    assert lines[:4] == ["POST", "/a b/ñ/x", "q=%25&r=1", "demo.invalid"]
    assert lines[4:6] == ["application/json", "me"]
    assert answer.request.body == lines[6].encode()
    assert (answer.status_code, answer.reason, answer.headers["x-answered"]) == (202, "ACCEPTED", "yes")


def test_body_is_read_as_it_comes_and_closed() -> None:
    given: list[int] = []

    def dripping(_environ: dict[str, Any], start_response: Start) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        try:
            for number in range(100):
                given.append(number)
                yield b"x" * 1000
        finally:
            given.append(-1)

    with session_for(dripping) as session, session.get("http://demo.invalid/", stream=True) as answer:
        first = next(answer.iter_content(1000))
        assert first == b"x" * 1000
        assert len(given) < 20
    assert given[-1] == -1


def test_application_without_a_body_gives_an_empty_one() -> None:
    def empty(_environ: dict[str, Any], start_response: Start) -> list[bytes]:
        start_response("204 No Content", [])
        return []

    with session_for(empty) as session:
        answer = session.delete("http://demo.invalid/x")
    assert (answer.status_code, answer.content) == (204, b"")


def test_error_of_the_application_comes_through() -> None:
    def broken(_environ: dict[str, Any], _start: Start) -> list[bytes]:
        raise LookupError("inside")

    with session_for(broken) as session, pytest.raises(LookupError, match="inside"):
        session.get("http://demo.invalid/")


def test_many_threads_get_their_own_answers() -> None:
    wrong: list[str] = []

    def ask(session: requests.Session, number: int) -> None:
        for turn in range(50):
            text = session.get(f"http://demo.invalid/{number}/{turn}").text
            wrong.extend([] if f"/{number}/{turn}\n" in text else [text])

    with session_for(echo) as session:
        threads = [threading.Thread(target=ask, args=(session, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_call_without_network_costs_less_than_a_millisecond() -> None:
    def document(_environ: dict[str, Any], start_response: Start) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"data": {"name": "X"}}']

    erp = FrappeErp(FrappeSite("http://demo.invalid", adapter=WsgiAdapter(document)), "key", "secret")
    erp.get("Item", "X")
    times = []
    for _ in range(200):
        started = time.thread_time()
        erp.get("Item", "X")
        times.append(time.thread_time() - started)
    assert sorted(times)[100] < 0.001
