"""Socket.IO namespace `/inbox`: changes after a cursor, then as they happen.

A client emits `subscribe {after, conversation_id?}` and gets `change {...}` for every row, in order. What it missed
while it was away it gets by subscribing again with the last id it saw.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_socketio import Namespace, SocketIO
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from socketio.exceptions import ConnectionRefusedError as Refused

from shared.errors import NotAuthenticated, RecadoError
from shared.http.guard import Guard
from shared.http.problems import problem_of, validation_body
from shared.logs import get_logger
from whatsapp_service.changes import Change
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.rendering import change_views

NAMESPACE = "/inbox"
MAX_CLIENTS = 200
PAGE = 200
POLL_SECONDS = 2.0
FAILED_SECONDS = 1.0
STOP_SECONDS = 5.0


class Subscribe(BaseModel):
    model_config = ConfigDict(extra="forbid")

    after: int = Field(0, ge=0, le=2**62)
    conversation_id: str | None = Field(None, max_length=40)


@dataclass(slots=True)
class _Client:
    """One connected page; `after` is the cursor of what it was sent."""

    sid: str
    environ: dict[str, str]
    auth: Any
    after: int | None = None
    conversation_id: str | None = None


class InboxFeed(Namespace):
    """One thread serves all clients; it runs while there are any. A new subscription replaces the former."""

    def __init__(self, socketio: SocketIO, gateway: Gateway, guard: Guard) -> None:
        super().__init__(NAMESPACE)
        self._server: Any = socketio.server  # type: ignore[attr-defined]  # not in the stubs
        self._gateway = gateway
        self._guard = guard
        self._mutex = threading.Lock()
        self._clients: dict[str, _Client] = {}
        self._thread: threading.Thread | None = None
        self._checked_at = time.monotonic()

    def stop(self) -> None:
        """Serves nobody any more, and waits for the thread, which would go on reading the database."""
        with self._mutex:
            self._clients.clear()
            thread = self._thread
        self._gateway.changes.announce()
        if thread is not None:
            thread.join(STOP_SECONDS)

    def on_connect(self, auth: Any = None) -> None:
        try:
            user = self._guard.user_of_connect(request.environ, auth)
        except RecadoError as error:
            raise Refused("not authenticated") from error
        with self._mutex:
            if not user.may("viewer") or len(self._clients) >= MAX_CLIENTS:
                raise Refused("not permitted")
            self._clients[_sid()] = _Client(_sid(), _said_of_itself(request.environ), auth)

    def on_disconnect(self, *_reason: Any) -> None:
        with self._mutex:
            self._clients.pop(_sid(), None)
        self._gateway.changes.announce()

    def on_subscribe(self, data: Any) -> dict[str, Any]:
        """Acknowledged with `{}`, or with a problem."""
        try:
            wanted = Subscribe.model_validate(data or {})
        except ValidationError as error:
            return {"problem": validation_body(error).model_dump()}
        with self._mutex:
            client = self._clients.get(_sid())
            if client is None:
                return {"problem": problem_of(NotAuthenticated()).model_dump()}
            client.after, client.conversation_id = wanted.after, wanted.conversation_id
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="inbox-feed", daemon=True)
                self._thread.start()
        self._gateway.changes.announce()
        return {}

    def _run(self) -> None:
        seen = -1
        while self._goes_on():
            try:
                self._check_again_when_due()
                is_done = self._push()
            except Exception:  # noqa: BLE001  outermost loop of this thread: logged, and tried again
                get_logger("gateway").exception("inbox_feed_failed")
                is_done = True
                threading.Event().wait(FAILED_SECONDS)
            if is_done:
                seen = self._gateway.changes.wait(seen, POLL_SECONDS)

    def _check_again_when_due(self) -> None:
        """Disconnects those whose session, token or account has ended since they connected."""
        if time.monotonic() - self._checked_at < self._gateway.limits.feed_check_seconds:
            return
        self._checked_at = time.monotonic()
        with self._mutex:
            clients = list(self._clients.values())
        for client in clients:
            if not self._is_welcome(client):
                self._server.disconnect(client.sid, namespace=NAMESPACE, ignore_queue=True)

    def _is_welcome(self, client: _Client) -> bool:
        try:
            return self._guard.user_of_connect(client.environ, client.auth).may("viewer")
        except RecadoError:
            return False

    def _goes_on(self) -> bool:
        with self._mutex:
            if not self._clients:
                self._thread = None
            return bool(self._clients)

    def _push(self) -> bool:
        """Sends every client its next page; whether nobody has more to get. Clients at one cursor share its page."""
        with self._mutex:
            clients = [one for one in self._clients.values() if one.after is not None]
        pages: dict[tuple[int, str | None], list[tuple[int, Any]]] = {}
        for client in clients:
            where = (client.after or 0, client.conversation_id)
            if where not in pages:
                pages[where] = self._page(*where)
            self._send(client, pages[where])
        return all(len(page) < PAGE for page in pages.values())

    def _page(self, after: int, conversation_id: str | None) -> list[tuple[int, Any]]:
        page: list[Change] = self._gateway.changes.page(after, limit=PAGE, conversation_id=conversation_id)
        if not page:
            return []
        with self._gateway.database.read() as connection:
            return [(view.id, view.model_dump(mode="json")) for view in change_views(connection, page)]

    def _send(self, client: _Client, page: list[tuple[int, Any]]) -> None:
        for number, body in page:
            # its socket is in this process: a queue between processes could only lose the row
            self._server.emit("change", body, to=client.sid, namespace=NAMESPACE, ignore_queue=True)
            client.after = number


def _said_of_itself(environ: Mapping[str, Any]) -> dict[str, str]:
    """What a request told of its sender: enough to ask again who that is."""
    return {name: value for name, value in environ.items() if isinstance(value, str)}


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # set by Flask-SocketIO
    return sid
