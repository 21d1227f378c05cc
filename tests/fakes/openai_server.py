"""An OpenAI-compatible endpoint on a real socket that answers with what a test wrote down."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

COMPLETIONS = "/v1/chat/completions"
EMBEDDINGS = "/v1/embeddings"


@dataclass(frozen=True)
class Status:
    """An error answer."""

    code: int
    headers: dict[str, str] = field(default_factory=dict)
    message: str = "no"


@dataclass(frozen=True)
class Html:
    """A web page where an answer should be."""


@dataclass(frozen=True)
class Slow:
    """An answer that begins after some seconds."""

    seconds: float


@dataclass(frozen=True)
class Drip:
    """A body of single bytes with a pause between them."""

    pause_seconds: float


@dataclass(frozen=True)
class Hangup:
    """A connection that is closed without an answer."""


def message(text: str | None = None, *calls: tuple[str, Any], **fields: Any) -> dict[str, Any]:
    """A chat completion with text or tool calls."""
    said: dict[str, Any] = {"role": "assistant", "content": text, **fields.pop("message", {})}
    if calls:
        said["tool_calls"] = [
            {"id": f"c{place}", "type": "function", "function": {"name": name, "arguments": json.dumps(given)}}
            for place, (name, given) in enumerate(calls)
        ]
    choice = {"index": 0, "message": said, "finish_reason": "tool_calls" if calls else "stop"}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return {
        "id": "r1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [choice],
        "usage": usage,
    } | fields


class OpenAIServer:
    """Starts on a free port of this machine. `script` is answered in order; its last entry again and again."""

    def __init__(self, *script: object) -> None:
        self.script = list(script)
        self.requests: list[dict[str, Any]] = []
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _app(self) -> Flask:
        app = Flask("fake_openai")

        @app.post(EMBEDDINGS)
        @app.post(COMPLETIONS)
        def completions() -> Response:
            self.requests.append({"body": request.get_json(), "headers": dict(request.headers)})
            answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
            return _respond(answer)

        return app


def _respond(answer: object) -> Response:
    match answer:
        case Status(code=code, headers=headers, message=said):
            return Response(
                json.dumps({"error": {"message": said, "type": "t"}}), code, headers, mimetype="application/json"
            )
        case Html():
            return Response("<!doctype html><p>Welcome", mimetype="text/html")
        case Slow(seconds=seconds):
            time.sleep(seconds)
            return _respond(message("late"))
        case Drip(pause_seconds=pause):
            return Response(_dripping(pause), mimetype="application/json")
        case Hangup():
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return Response(b"")
    return Response(json.dumps(answer), mimetype="application/json")


def _dripping(pause_seconds: float) -> Iterator[bytes]:
    for byte in json.dumps(message("drip")).encode():
        time.sleep(pause_seconds)
        yield bytes([byte])


class _Quiet(WSGIRequestHandler):
    """Keeps connections open, as real endpoints do, and writes no log."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        pass
