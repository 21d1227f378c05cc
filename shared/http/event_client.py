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

    def __init__(
        self,
        url: str,
        executor: ExecutorApi,
        tokens: Tokens,
        service: str,
        *,
        look_every_seconds: float = LOOK_EVERY_SECONDS,
    ) -> None:
        self._look_every_seconds = look_every_seconds
        self._url = url.rstrip("/")
        self._executor = executor
        self._tokens = tokens
        self._service = service

    def follow(self, after: int, on_events: Callable[[tuple[Event, ...]], None]) -> Unsubscribe:
        follower = _Follower(self._executor, after, on_events, self._look_every_seconds)
        listener = _Listener(self._url, lambda: self._tokens.service(self._service), follower)
        follower.start()
        listener.start()

        def unsubscribe() -> None:
            listener.stop()
            follower.stop()

        return unsubscribe


class _Follower:
    """Reads by cursor whenever there is news, and now and then without."""

    def __init__(
        self,
        executor: ExecutorApi,
        after: int,
        on_events: Callable[[tuple[Event, ...]], None],
        look_every_seconds: float,
    ) -> None:
        self._look_every_seconds = look_every_seconds
        self.cursor = after
        self.news = threading.Event()
        self._stopped = threading.Event()
        self._executor = executor
        self._on_events = on_events
        self._thread = threading.Thread(target=self._run, name="event-follower", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self.news.set()
        if self._thread is not threading.current_thread():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.news.clear()
            try:
                self._read_all()
            except Gone as gone:
                self.cursor = int(gone.params.get("oldest", "1")) - 1
                continue
            except RecadoError as error:
                get_logger("gateway").warning("events_not_read", reason=error.code)
                self._stopped.wait(RETRY_SECONDS)
            except Exception:  # noqa: BLE001  outermost loop of this thread: logged, and tried again
                get_logger("gateway").exception("event_follower_failed", cursor=self.cursor)
                self._stopped.wait(RETRY_SECONDS)
            self.news.wait(self._look_every_seconds)

    def _read_all(self) -> None:
        while not self._stopped.is_set():
            page = self._executor.events(self.cursor)
            if not page.events:
                return
            self._on_events(page.events)
            self.cursor = page.next


class _Listener:
    """Holds a Socket.IO connection that says when there is news; each time it breaks, a new one is made."""

    def __init__(self, url: str, token: Callable[[], str], follower: _Follower) -> None:
        self._url = url
        self._token = token
        self._follower = follower
        self._stopped = threading.Event()
        self._broken = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="event-listener", daemon=True).start()

    def stop(self) -> None:
        """Does not wait for the thread: the client's library takes seconds to say goodbye."""
        self._stopped.set()
        self._broken.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._broken = threading.Event()
            client = self._client(self._broken)
            try:
                self._listen(client)
            except socketio.exceptions.SocketIOError:
                get_logger("gateway").info("events_not_pushed")
            except Exception:  # noqa: BLE001  outermost loop of this thread: logged, and tried again
                get_logger("gateway").exception("event_listener_failed")
            finally:
                client.disconnect()
            self._stopped.wait(RETRY_SECONDS)

    def _listen(self, client: Any) -> None:
        client.connect(
            self._url,
            socketio_path=_socket_path(self._url),
            transports=["websocket"],
            namespaces=[NAMESPACE],
            auth={"token": self._token()},
            wait_timeout=STOP_SECONDS,
        )
        wanted = {"after": self._follower.cursor}
        answer = client.call("subscribe", wanted, namespace=NAMESPACE, timeout=STOP_SECONDS)
        self._follower.news.set()
        # refused, as when the cursor is too old: the follower reads its way to a newer one meanwhile
        if "problem" not in answer and not self._stopped.is_set():
            self._broken.wait()

    def _client(self, broken: threading.Event) -> Any:
        # its own handler of Ctrl-C would take the place of the server's
        client = socketio.Client(reconnection=False, handle_sigint=False)
        client.on("event", lambda _row: self._follower.news.set(), namespace=NAMESPACE)
        client.on("disconnect", lambda *_reason: broken.set(), namespace=NAMESPACE)
        return client


def _socket_path(url: str) -> str:
    """The path of the Socket.IO server under the executor's address, which may carry a prefix."""
    _scheme, _, rest = url.partition("://")
    _host, _, prefix = rest.partition("/")
    return f"{prefix}/socket.io" if prefix else "socket.io"
