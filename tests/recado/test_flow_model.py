"""The model of flows, at an endpoint that speaks OpenAI's chat completions."""

from __future__ import annotations

import json

import pytest
from pytest_httpserver import HTTPServer

from executor_service.flows.calls.ai import AiQuestion
from recado.flow_model import connect_flow_model
from shared.errors import RecadoError

ANSWER = {
    "choices": [{"message": {"role": "assistant", "content": "Hola"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 7, "completion_tokens": 2},
}
QUESTION = AiQuestion(
    messages=[{"role": "user", "content": "Hi"}],
    temperature=0,
    max_tokens=9,
    extra_body={"top_p": 0.5, "model": "another", "messages": []},
)


def test_completion_is_asked_with_what_the_node_says(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_json(ANSWER)
    model = connect_flow_model(base_url=httpserver.url_for("/v1"), api_key="k", model="small")
    assert model is not None
    answer = model.complete(QUESTION)
    assert (answer.text, answer.tokens) == ("Hola", 9)
    (request, _) = httpserver.log[0]
    sent = json.loads(request.get_data())
    assert (sent["model"], sent["temperature"], sent["top_p"], 9 in sent.values()) == ("small", 0, 0.5, True)
    assert sent["messages"] == [{"role": "user", "content": "Hi"}]
    assert request.headers["Authorization"] == "Bearer k"


@pytest.mark.parametrize("status", [401, 500])
def test_endpoint_that_fails_is_an_error_of_ours(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_data("no", status=status)
    model = connect_flow_model(base_url=httpserver.url_for("/v1"), api_key="k", model="small")
    assert model is not None
    with pytest.raises(RecadoError):
        model.complete(QUESTION)


def test_nothing_configured_is_no_model() -> None:
    assert connect_flow_model(base_url="", api_key="", model="small") is None
