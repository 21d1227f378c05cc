"""One kept connection of the load generator, with one request under way at a time."""

from __future__ import annotations

import asyncio
from typing import cast

import httptools

from bench.load.delivery import Target

TIMEOUT_SECONDS = 30
NO_ANSWER = 0


class Connection(asyncio.Protocol):
    """`send` gives the status of the answer, or 0 when there was none; it opens the connection when it must."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._answer: asyncio.Future[int] | None = None

    async def send(self, request: bytes) -> int:
        for _ in range(2):
            try:
                return await asyncio.wait_for(self._exchange(request), TIMEOUT_SECONDS)
            except ConnectionError:
                continue  # the server closed an idle connection: once more on a new one
            except TimeoutError:
                self.close()
                break
        return NO_ANSWER

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()
            self._transport = None

    async def _exchange(self, request: bytes) -> int:
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            await loop.create_connection(lambda: self, self._target.host, self._target.port)
        assert self._transport is not None
        self._answer = loop.create_future()
        self._transport.write(request)
        return await self._answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._parser = httptools.HttpResponseParser(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        assert self._parser is not None
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        assert self._parser is not None
        if not self._parser.should_keep_alive() and self._transport is not None:
            self._transport.close()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(self._parser.get_status_code())
