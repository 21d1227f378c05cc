"""The model of embeddings behind an OpenAI-compatible endpoint, over real sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from interpreter_service.agent.openai_embedder import OpenAIEmbedder
from shared.errors import ContractBroken, ModelUnavailable
from tests.fakes.openai_server import Html, OpenAIServer, Slow, Status

Serve = Callable[..., tuple[OpenAIServer, OpenAIEmbedder]]
SECONDS = 30.0


@pytest.fixture
def serve() -> Iterator[Serve]:
    started: list[tuple[OpenAIServer, OpenAIEmbedder]] = []

    def start(*script: object) -> tuple[OpenAIServer, OpenAIEmbedder]:
        server = OpenAIServer(*script)
        started.append((server, OpenAIEmbedder(model="e", api_key="secret", base_url=server.url)))
        return started[-1]

    yield start
    for server, embedder in started:
        embedder.close()
        server.close()


def answer(*points: tuple[int, list[float]]) -> dict[str, Any]:
    return {"data": [{"index": index, "embedding": point} for index, point in points]}


def test_vectors_come_in_the_order_of_the_texts(serve: Serve) -> None:
    server, embedder = serve(answer((1, [0, 1]), (0, [1, 0])))
    assert embedder.embed(["a", "b"], SECONDS) == [[1.0, 0.0], [0.0, 1.0]]
    assert server.requests[0]["body"] == {"model": "e", "input": ["a", "b"], "encoding_format": "float"}


WRONG = [Html(), {"data": []}, answer((0, [1.0])), answer((0, [1.0]), (1, [1.0, 2.0])), Status(500)]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_what_are_no_vectors_is_no_answer(serve: Serve, wrong: object) -> None:
    _, embedder = serve(wrong)
    with pytest.raises(ModelUnavailable):
        embedder.embed(["a", "b"], SECONDS)


def test_a_late_answer_is_none(serve: Serve) -> None:
    _, embedder = serve(Slow(1.0))
    with pytest.raises(ModelUnavailable):
        embedder.embed(["a"], 0.2)


def test_a_refusal_is_no_passing_fault(serve: Serve) -> None:
    _, embedder = serve(Status(401))
    with pytest.raises(ContractBroken):
        embedder.embed(["a"], SECONDS)
