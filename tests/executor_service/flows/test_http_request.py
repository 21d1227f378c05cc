"""The HTTP node and its call: secrets only in headers, retries before the error branch."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from executor_service.connectors.web.model import WebFailed, WebRequest, WebResponse
from executor_service.flows.calls.http import HttpEffect
from executor_service.flows.calls.retrying import Retries
from executor_service.flows.effects import EffectContext
from executor_service.flows.nodes.http_request import HttpRequestConfig
from executor_service.flows.session_model import Call
from shared.contracts.callers import ContactCaller
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import Play

START = ("start", "trigger", {})
OK = WebResponse(status=200, headers={"content-type": "application/json"}, body=b'{"a": 1}')
SECRETS = {"token": "s3cret"}


class Server:
    """Gives the scripted answers in turn and keeps what it was asked."""

    def __init__(self, *answers: WebResponse | WebFailed) -> None:
        self.answers = list(answers)
        self.asked: list[WebRequest] = []

    def fetch(self, request: WebRequest) -> WebResponse:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, WebFailed):
            raise answer
        return answer


def caller() -> EffectContext:
    contact = ContactCaller.model_construct(contact_id="ana")
    return EffectContext(caller=contact, session_id="s", flow_id="f")


def status(code: int) -> WebResponse:
    return WebResponse(status=code, headers={}, body=b"no")


def play(**config: Any) -> Play:
    flow = draw(
        START,
        ("it", "http_request", {"url": "https://api.example/", "variable": "session.answer", **config}),
        ("good", "message", {"text": "good {{ session.answer.body.a }}"}),
        ("bad", "message", {"text": "bad {{ session.error }}"}),
        edges=("start>it", "it.success>good", "it.error>bad"),
    )
    return Play(flow).start()


def call_of(**config: Any) -> Call:
    call = play(**config).session.call
    assert call is not None
    return call


def perform(server: Server, call: Call) -> Any:
    slept: list[float] = []
    return HttpEffect(server.fetch, SECRETS.get, retries=Retries(slept.append)).perform(call, caller())


def test_secret_is_in_the_header_and_not_in_the_stored_call() -> None:
    call = call_of(headers={"Authorization": "Bearer {{ secret.token }}", "X-Plain": "{{ session.a }}1"})
    server = Server(OK)
    assert perform(server, call).value["body"] == {"a": 1}
    assert "s3cret" not in call.model_dump_json()
    assert server.asked[0].secret_headers == {"Authorization": "Bearer s3cret"}
    assert server.asked[0].headers == {"X-Plain": "1", "Idempotency-Key": call.key}


def test_secret_in_the_address_or_body_is_nothing() -> None:
    call = call_of(url="https://api.example/{{ secret.token }}", body="x{{ secret.token }}", method="POST")
    assert (call.payload["url"], call.payload["body"]) == ("https://api.example/", "x")


def test_secret_that_a_person_writes_is_text() -> None:
    flow = draw(
        START,
        ("ask", "wait_input", {"variable": "session.a"}),
        ("it", "http_request", {"url": "https://a.example/", "headers": {"X-Name": "{{ session.a }}"}}),
    )
    call = Play(flow).start().say("{{ secret.token }}\r\nX-Evil: 1").session.call
    assert call is not None
    assert call.payload["headers"]["X-Name"] == "{{ secret.token }}  X-Evil: 1"
    assert call.payload["secret_headers"] == {}


@pytest.mark.parametrize(
    "url",
    [
        "{{ session.a }}",
        "https://{{ session.a }}/",
        "https://api.example{{ session.a }}",
        "https://api.example{{ session.a }}/",
        "https://api.example\\{{ session.a }}/",
        "https://api.example:{{ session.a }}/",
        "{{ session.a }}{{ global.base }}/",
        "{{ global.base }}{{ session.a }}/",
    ],
)
def test_secret_for_a_server_that_a_person_could_choose_is_refused(url: str) -> None:
    HttpRequestConfig(url=url)
    with pytest.raises(ValidationError, match="must name its server"):
        HttpRequestConfig(url=url, headers={"Authorization": "Bearer {{ secret.token }}"})


@pytest.mark.parametrize(
    "url", ["https://api.example", "https://api.example:8443/{{ session.a }}", "{{ global.base }}/{{ session.a }}"]
)
def test_secret_for_a_server_of_the_drawing_is_sent(url: str) -> None:
    HttpRequestConfig(url=url, headers={"Authorization": "Bearer {{ secret.token }}"})


def test_unknown_secret_is_an_error_and_nothing_is_sent() -> None:
    server = Server(OK)
    result = perform(server, call_of(headers={"Authorization": "{{ secret.nope }}"}))
    assert (result.error, server.asked) == ("no_secret:nope", [])


@pytest.mark.parametrize("first", [status(503), status(429), WebFailed("timeout", "", was_sent=True)])
def test_get_is_retried_before_the_error_branch(first: WebResponse | WebFailed) -> None:
    server = Server(first, OK)
    assert perform(server, call_of()).status == "success"
    assert server.asked[0].headers["Idempotency-Key"] == server.asked[1].headers["Idempotency-Key"]


def test_post_whose_outcome_is_unknown_is_not_repeated() -> None:
    server = Server(WebFailed("bad_answer", "", was_sent=True), OK)
    assert perform(server, call_of(method="POST")).error == "http_bad_answer"
    server = Server(WebFailed("unreachable", ""), OK)
    assert perform(server, call_of(method="POST")).status == "success"


@pytest.mark.parametrize("code", [400, 404, 422])
def test_refusal_is_not_repeated_and_keeps_its_body(code: int) -> None:
    server = Server(status(code))
    result = perform(server, call_of())
    assert (result.status, result.error, result.value["status"]) == ("error", f"http_{code}", code)


def test_retries_end() -> None:
    server = Server(*[status(500)] * 9)
    assert perform(server, call_of(retries=4)).error == "http_500"
    assert len(server.asked) == 5


def test_success_and_error_leave_by_their_exits() -> None:
    assert play().returned({"body": {"a": 7}}).said == ["good 7"]
    assert play().returned(None, status="error", error="http_500").said == ["bad http_500"]


def test_json_body_is_the_value_of_an_expression() -> None:
    call = call_of(method="POST", json_body="session.nothing")
    assert (call.payload["body"], call.payload["headers"]["Content-Type"]) == ("null", "application/json")
    assert not call.is_idempotent


@pytest.mark.parametrize("name", ["X Y", "A:", "a\r\nb", ""])
def test_header_name_of_other_signs_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        HttpRequestConfig(url="https://a.example/", headers={name: "x"})
