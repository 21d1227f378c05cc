"""Socket.IO servers, in step with those of other processes where there is a Redis between them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import socketio
from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI
from flask import Flask
from flask_socketio import SocketIO

from shared.logs import get_logger

LOOK_SECONDS = 1.0
"""How long the listener may take to see that it is to end."""
FIRST_RETRY_SECONDS = 1.0
MAX_RETRY_SECONDS = 60.0


def make_socketio(app: Flask, *, redis_url: str, channel: str, origins: list[str] | None) -> SocketIO:
    """A Socket.IO server around an app, on threads; to be ended with `end_socketio`.

    Clients that need rows in order connect by WebSocket at once: while a connection is upgraded to it, both transports
    carry packets.
    """
    server = SocketIO(
        app,
        async_mode="threading",
        client_manager=RedisFanOut(redis_url, channel) if redis_url else None,
        cors_allowed_origins=origins or [],
        path="socket.io",
    )
    eio = _inner(server).eio
    eio._async = {**eio._async, "websocket": _WebSocket}
    return server


class _WebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]  # python-engineio has no types
    """Closes in peace a socket that the other side, or the server that stops, has closed already."""

    def close(self) -> None:
        with suppress(OSError):
            super().close()


def end_clients(server: SocketIO) -> None:
    """Says goodbye to all who are connected."""
    for client in list(_inner(server).eio.sockets.values()):
        client.close(wait=False)


def end_socketio(server: SocketIO) -> None:
    """Ends what was connected and what listened to other processes."""
    end_clients(server)
    manager = _inner(server).manager
    if isinstance(manager, RedisFanOut):
        manager.stop()


def _inner(server: SocketIO) -> Any:
    return server.server  # type: ignore[attr-defined]  # missing in its stubs


class _Stopped(BaseException):
    """Leaves the library's loop, which logs and outlives every Exception."""


class RedisFanOut(socketio.RedisManager):  # type: ignore[misc]  # python-socketio has no types
    """Listens until it is stopped; the library's own listener goes on until its process ends, and past its log."""

    def __init__(self, url: str, channel: str) -> None:
        super().__init__(url, channel=channel)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ends the listener and its connection, within a second or so."""
        self._stopped.set()

    def _thread(self) -> None:
        with suppress(_Stopped):
            super()._thread()

    def _redis_listen_with_retries(self) -> Iterator[Any]:
        errors = (OSError, self._get_redis_module().RedisError)
        retry_seconds = FIRST_RETRY_SECONDS
        while not self._stopped.is_set():
            try:
                for message in self._heard():
                    retry_seconds = FIRST_RETRY_SECONDS
                    yield message
            except errors as error:
                if not self._stopped.is_set():
                    get_logger(self.channel).warning("redis_unreachable", error=type(error).__name__)
                self._stopped.wait(retry_seconds)
                retry_seconds = min(2 * retry_seconds, MAX_RETRY_SECONDS)
        raise _Stopped

    def _heard(self) -> Iterator[Any]:
        """Messages of one connection, until that breaks or all is stopped."""
        self._redis_connect()
        with self.redis, self.pubsub as subscription:
            subscription.subscribe(self.channel)
            while not self._stopped.is_set():
                message = subscription.get_message(ignore_subscribe_messages=True, timeout=LOOK_SECONDS)
                if message is not None:
                    yield message
