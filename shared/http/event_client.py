"""The executor's rows over Socket.IO, for a gateway that runs apart: pushed as they appear, caught up by cursor."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import socketio

from shared.apis import ExecutorApi, Unsubscribe
from shared.contracts.events import Event
from shared.errors import Gone, RecadoError
from shared.logs import get_logger
from shared.tokens import Tokens

NAMESPACE = "/tasks"
LOOK_EVERY_SECONDS = 5.0
RETRY_SECONDS = 1.0
STOP_SECONDS = 5.0


class RemoteEventStream:
    """Implements `shared.apis.EventStream`. A pushed row only wakes the follower: what it reads comes by cursor,

    in order and without gaps, so that a push lost on the way costs a delay and nothing else.
    """

    def __init__(self, url: str, executor: ExecutorApi, tokens: Tokens, service: str) -> None:
        self._url = url.rstrip("/")
        self._executor = executor
        self._tokens = tokens
        self._service = service

    def follow(self, after: int, on_events: Callable[[tuple[Event, ...]], None]) -> Unsubscribe:
        follower = _Follower(self._executor, after, on_events)
        client = socketio.Client(logger=False, reconnection=True, reconnection_delay_max=5)

        def subscribe() -> None:
            client.emit("subscribe", {"after": follower.cursor}, namespace=NAMESPACE)
            follower.news.set()

        client.on("connect", subscribe, namespace=NAMESPACE)
        client.on("event", lambda _row: follower.news.set(), namespace=NAMESPACE)
        connector = threading.Thread(target=self._connect, args=(client, follower), daemon=True)
        follower.start()
        connector.start()

        def unsubscribe() -> None:
            follower.stop()
            client.shutdown()
            connector.join(STOP_SECONDS)

        return unsubscribe

    def _connect(self, client: Any, follower: _Follower) -> None:
        while not follower.stopped.is_set():
            try:
                client.connect(
                    self._url,
                    socketio_path=_socket_path(self._url),
                    namespaces=[NAMESPACE],
                    auth=lambda: {"token": self._tokens.service(self._service)},
                )
            except socketio.exceptions.ConnectionError:
                follower.stopped.wait(RETRY_SECONDS)
            else:
                return


class _Follower:
    """Reads by cursor whenever there is news, and now and then without."""

    def __init__(self, executor: ExecutorApi, after: int, on_events: Callable[[tuple[Event, ...]], None]) -> None:
        self.cursor = after
        self.news = threading.Event()
        self.stopped = threading.Event()
        self._executor = executor
        self._on_events = on_events
        self._thread = threading.Thread(target=self._run, name="event-follower", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.stopped.set()
        self.news.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self.stopped.is_set():
            self.news.clear()
            try:
                self._read_all()
            except Gone:
                self.cursor = 0  # the oldest rows that are still kept
                continue
            except RecadoError as error:
                get_logger("gateway").warning("events_not_read", reason=error.code)
                self.stopped.wait(RETRY_SECONDS)
            except Exception:  # noqa: BLE001  outermost loop of this thread: logged, and tried again
                get_logger("gateway").exception("event_follower_failed", cursor=self.cursor)
                self.stopped.wait(RETRY_SECONDS)
            self.news.wait(LOOK_EVERY_SECONDS)

    def _read_all(self) -> None:
        while not self.stopped.is_set():
            page = self._executor.events(self.cursor)
            if not page.events:
                return
            self._on_events(page.events)
            self.cursor = page.next


def _socket_path(url: str) -> str:
    """The path of the Socket.IO server under the executor's address, which may carry a prefix."""
    _scheme, _, rest = url.partition("://")
    _host, _, prefix = rest.partition("/")
    return f"{prefix}/socket.io" if prefix else "socket.io"
