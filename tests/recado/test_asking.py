"""Asking from the terminal: each request has a token of its own, and an answer that cannot come is said."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from recado.asking import Asker, Said, Unanswered


class Chat:
    """A server of one conversation that shows its messages as they stand at each look."""

    def __init__(self, httpserver: HTTPServer, *looks: list[dict[str, Any]]) -> None:
        self.tokens: list[str] = []
        self._looks = itertools.chain(looks, itertools.repeat(looks[-1]))
        httpserver.expect_request("/api/chat/messages").respond_with_handler(self._said)
        httpserver.expect_request("/api/conversations/c1/messages").respond_with_handler(self._shown)

    def _said(self, request: Request) -> Response:
        return self._json(request, {"conversation_id": "c1", "message_id": 1})

    def _shown(self, request: Request) -> Response:
        return self._json(request, {"messages": next(self._looks)})

    def _json(self, request: Request, body: dict[str, Any]) -> Response:
        self.tokens.append(request.headers["Authorization"])
        return Response(json.dumps(body), content_type="application/json")


def question(state: str, error: str = "") -> dict[str, Any]:
    return {"id": 1, "direction": "in", "state": state, "error": error, "content": {}, "slot": None}


def answer(text: str) -> dict[str, Any]:
    content = {"kind": "text", "text": text}
    return {"id": 2, "direction": "out", "state": "sent", "error": "", "content": content, "slot": None}


def ask(httpserver: HTTPServer, seconds: float = 60) -> list[object]:
    numbers = itertools.count(1)
    asker = Asker(httpserver.url_for("").rstrip("/"), lambda: f"token-{next(numbers)}", "es")
    return list(asker.ask("hola", phone=None, seconds=seconds))


def test_every_request_has_a_token_of_its_own(httpserver: HTTPServer) -> None:
    chat = Chat(httpserver, [question("received")], [question("received")], [question("done"), answer("hola")])
    assert ask(httpserver) == [Said("hola")]
    assert chat.tokens == [f"Bearer token-{number}" for number in range(1, 5)]


@pytest.mark.parametrize("mode", ["human", "muted"])
def test_conversation_that_the_bot_does_not_answer_is_told(httpserver: HTTPServer, mode: str) -> None:
    Chat(httpserver, [question("received")], [question("done", mode)])
    assert ask(httpserver) == [Unanswered(mode)]


def test_answer_that_does_not_come_in_time_is_told(httpserver: HTTPServer) -> None:
    Chat(httpserver, [question("received")])
    assert ask(httpserver, seconds=0.2) == [Unanswered("late")]


def test_options_are_printed_in_full(httpserver: HTTPServer) -> None:
    options = [
        {"id": "1", "title": "Precio de un produc…", "description": "Precio de un producto"},
        {"id": "2", "title": "Pavco", "description": "PROV-001"},
        {"id": "3", "title": "Existencias", "description": ""},
    ]
    asked = answer("¿Cuál?")
    asked["content"] |= {"kind": "choices", "options": options}
    Chat(httpserver, [question("done"), asked])
    assert ask(httpserver) == [Said("¿Cuál?", ("Precio de un producto", "Pavco: PROV-001", "Existencias"))]
