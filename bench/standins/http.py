"""An HTTP/1.1 server that does nothing but parse, ask and answer, so that what is measured is never this."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import httptools
import orjson
import uvloop

HOST = "127.0.0.1"
BACKLOG = 2048
REASONS = {200: b"OK", 404: b"Not Found"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and what becomes the JSON body."""

    body: Any
    status: int = 200


Respond = Callable[[str, str, bytes], Answer]
"""From method, target (path and query, as sent) and body to an answer."""


def serve(port: int, respond: Respond) -> None:
    """Answers on the port of this machine until the process is ended."""

    async def forever() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(respond), HOST, port, backlog=BACKLOG)
        await server.serve_forever()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(forever())


class _Connection(asyncio.Protocol):
    """One kept connection; the methods without underscore are called by asyncio and by the parser."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._target = b""
        self._body: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
            if self._transport is not None:
                self._transport.close()

    def on_message_begin(self) -> None:
        self._target, self._body = b"", []

    def on_url(self, url: bytes) -> None:
        self._target += url

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        answer = self._respond(self._parser.get_method().decode(), self._target.decode(), b"".join(self._body))
        body = orjson.dumps(answer.body)
        self._write(
            b"HTTP/1.1 %d %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
            % (answer.status, REASONS[answer.status], len(body), body)
        )

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)
