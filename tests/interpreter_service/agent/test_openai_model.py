"""The model behind an OpenAI-compatible endpoint, over real sockets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from interpreter_service.agent.model import ModelLimits
from interpreter_service.agent.openai_model import OpenAIModel, reply_of
from shared.errors import ContractBroken, ModelUnavailable
from tests.fakes.openai_server import Drip, Hangup, Html, OpenAIServer, Slow, Status, message

LIMITS = ModelLimits(seconds=5, answer_tokens=200)
ASK = [{"role": "user", "content": "hola"}]
TOOL = {"type": "function", "function": {"name": "sales__total", "parameters": {"type": "object", "properties": {}}}}

Serve = Callable[..., tuple[OpenAIServer, OpenAIModel]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    started: list[tuple[OpenAIServer, OpenAIModel]] = []

    def start(*script: object) -> tuple[OpenAIServer, OpenAIModel]:
        server = OpenAIServer(*script)
        started.append((server, OpenAIModel(model="m", api_key="secret", base_url=server.url)))
        return started[-1]

    yield start
    for server, model in started:
        model.close()
        server.close()


def test_text_is_given_with_the_tokens_it_cost(serve: Serve) -> None:
    server, model = serve(message("buenas"))

    reply = model.complete(ASK, [TOOL], LIMITS)

    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("buenas", 100, 20)
    assert server.requests[0]["body"] == {"model": "m", "messages": ASK, "max_tokens": 200, "tools": [TOOL]}
    assert server.requests[0]["headers"]["Authorization"] == "Bearer secret"


def test_tool_calls_are_given_in_order(serve: Serve) -> None:
    _, model = serve(message(None, ("sales__total", {"period": "hoy"}), ("stock__balance", {})))

    calls = model.complete(ASK, [TOOL], LIMITS).tool_calls

    assert [(call.name, call.arguments) for call in calls] == [
        ("sales__total", '{"period": "hoy"}'),
        ("stock__balance", "{}"),
    ]


def test_no_tools_are_sent_where_there_are_none(serve: Serve) -> None:
    server, model = serve(message("hola"))

    model.complete(ASK, [], LIMITS)

    assert "tools" not in server.requests[0]["body"]


@pytest.mark.parametrize("fault", [Status(429), Status(500), Status(503), Hangup()])
def test_one_passing_fault_is_tried_again(serve: Serve, fault: object) -> None:
    server, model = serve(fault, message("ya"))

    assert model.complete(ASK, [], LIMITS).text == "ya"
    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", [Status(429), Status(500), Hangup(), Html(), {"choices": []}, {"error": "x"}, ["x"]])
def test_lasting_fault_is_model_unavailable(serve: Serve, fault: object) -> None:
    _, model = serve(fault)

    with pytest.raises(ModelUnavailable):
        model.complete(ASK, [], LIMITS)


@pytest.mark.parametrize("code", [400, 401, 403, 404, 422])
def test_refused_request_is_not_repeated(serve: Serve, code: int) -> None:
    server, model = serve(Status(code))

    with pytest.raises(ContractBroken, match=str(code)):
        model.complete(ASK, [], LIMITS)
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", [Slow(3), Drip(0.05)])
def test_total_time_is_bounded_whatever_the_server_does(serve: Serve, fault: object) -> None:
    _, model = serve(fault)

    with pytest.raises(ModelUnavailable, match="in time"):
        model.complete(ASK, [], ModelLimits(seconds=0.5, answer_tokens=10))


@pytest.mark.parametrize("wait", ["30", "3600", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_server_that_wants_a_long_wait_is_not_asked_again(serve: Serve, wait: str) -> None:
    server, model = serve(Status(429, {"Retry-After": wait}), message("ya"))

    with pytest.raises(ModelUnavailable):
        model.complete(ASK, [], LIMITS)
    assert len(server.requests) == 1


def test_tokens_are_estimated_where_the_server_does_not_count() -> None:
    reply = reply_of(b'{"choices": [{"message": {"content": "ocho c."}}]}', sent_chars=400)

    assert (reply.tokens_in, reply.tokens_out) == (100, 1)


def test_arguments_given_as_an_object_and_text_in_parts_are_understood() -> None:
    body = b"""{"choices": [{"message": {"content": [{"type": "text", "text": "ho"}, {"text": "la"}],
        "tool_calls": [{"function": {"name": "f", "arguments": {"a": 1}}}]}}]}"""

    reply = reply_of(body)

    assert (reply.text, reply.tool_calls[0].id, reply.tool_calls[0].arguments) == ("hola", "call0", '{"a": 1}')


def test_connection_is_used_again_but_not_after_an_answer_that_broke_off() -> None:
    answer = json.dumps(message("hola")).encode()
    ports: list[int] = []

    class KeepsConnections(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            ports.append(self.client_address[1])
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer if len(ports) != 3 else answer[:9])

        def log_message(self, *_args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), KeepsConnections) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        model = OpenAIModel(model="m", api_key="secret", base_url=f"http://127.0.0.1:{server.server_port}/v1")
        limits = [LIMITS, LIMITS, ModelLimits(seconds=0.3, answer_tokens=9), LIMITS]
        said = [_said(model, one) for one in limits]
        model.close()
        server.shutdown()
    assert said == ["hola", "hola", "", "hola"]
    assert ports[0] == ports[1] == ports[2] != ports[3]


def _said(model: OpenAIModel, limits: ModelLimits) -> str:
    try:
        return model.complete(ASK, [], limits).text
    except ModelUnavailable:
        return ""


def test_an_endpoint_that_knows_the_other_limit_is_asked_with_it_from_then_on(serve: Serve) -> None:
    refusal = Status(400, message="Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    server, model = serve(refusal, message("ya"))

    assert [model.complete(ASK, [], LIMITS).text for _ in range(2)] == ["ya", "ya"]
    sent = [request["body"].keys() & {"max_tokens", "max_completion_tokens"} for request in server.requests]
    assert sent == [{"max_tokens"}, {"max_completion_tokens"}, {"max_completion_tokens"}]


def test_a_call_written_as_text_is_a_call(serve: Serve) -> None:
    _, model = serve(message('<tool_call>{"name": "sales__total", "arguments": {}}</tool_call>'))

    reply = model.complete(ASK, [TOOL], LIMITS)

    assert (reply.text, [call.name for call in reply.tool_calls]) == ("", ["sales__total"])
