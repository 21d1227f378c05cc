"""Socket.IO namespace `/tasks`: event rows as they appear, after catching up from a cursor.

A client emits `subscribe {task_id?, after?}` and gets `event {...}` for every row, in order, without gaps: what it
missed while it was away is asked for with its cursor. Without `task_id` only the gateway may listen. Connect by
WebSocket at once: rows that are pushed while a connection is upgraded to it may overtake each other.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from queue import Queue
from typing import Any

from flask import request
from flask_socketio import Namespace, SocketIO
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from socketio.exceptions import ConnectionRefusedError as Refused

from executor_service.events.stream import LocalEventStream
from executor_service.executor import Executor
from shared.apis import Unsubscribe
from shared.contracts.callers import Caller, ServiceCaller
from shared.contracts.events import Event
from shared.errors import NotAuthenticated, NotPermitted, RecadoError, TemporaryError
from shared.http.problems import problem_of, validation_body
from shared.tokens import Tokens

NAMESPACE = "/tasks"
MAX_SUBSCRIPTIONS = 200
MAX_QUEUED = 2000
"""Rows that wait for a slow client; it gets no more before it took some."""


class Subscribe(BaseModel):
    model_config = ConfigDict(extra="forbid")

    task_id: str | None = Field(None, max_length=40)
    after: int = Field(0, ge=0, le=2**62)


@dataclass(frozen=True)
class _Client:
    """Who connected, and the packets that wait to be sent to it."""

    caller: Caller
    queue: Queue[Any]


class TaskNamespace(Namespace):
    """One subscription a client: a new one replaces the former."""

    def __init__(self, socketio: SocketIO, executor: Executor, tokens: Tokens) -> None:
        super().__init__(NAMESPACE)
        self._server: Any = socketio.server  # type: ignore[attr-defined]  # missing in its stubs
        self._executor = executor
        self._tokens = tokens
        self._stream = LocalEventStream(executor.log)
        self._clients: dict[str, _Client] = {}
        self._following: dict[str, Unsubscribe] = {}
        self._mutex = threading.Lock()

    def on_connect(self, auth: Any = None) -> None:
        token = auth.get("token", "") if isinstance(auth, dict) else ""
        try:
            client = _Client(self._tokens.read(str(token)), self._queue_of(_sid()))
        except NotAuthenticated as error:
            raise Refused("not authenticated") from error
        with self._mutex:
            if len(self._clients) >= MAX_SUBSCRIPTIONS:
                raise Refused("too many connections")
            self._clients[_sid()] = client

    def on_disconnect(self, *_reason: Any) -> None:
        with self._mutex:
            self._clients.pop(_sid(), None)
        self._replace(_sid(), None)

    def on_subscribe(self, data: Any = None) -> dict[str, Any]:
        """Acknowledged with `{}`, or with a problem; 410 says in `params.oldest` which row is the oldest kept one."""
        try:
            wanted = Subscribe.model_validate(data or {})
            client = self._allowed(wanted)
        except ValidationError as error:
            return {"problem": validation_body(error).model_dump()}
        except RecadoError as error:
            return {"problem": problem_of(error).model_dump()}
        self._replace(_sid(), self._follow(_sid(), client, wanted))
        return {}

    def _allowed(self, wanted: Subscribe) -> _Client:
        client = self._clients.get(_sid())
        if client is None:
            raise NotAuthenticated
        if wanted.task_id is not None:
            self._executor.calls.state(wanted.task_id, client.caller)
        elif not isinstance(client.caller, ServiceCaller) or client.caller.service not in ("gateway", "operator"):
            raise NotPermitted("only the gateway listens to all tasks")
        else:
            self._executor.events(wanted.after, limit=1)
        return client

    def _follow(self, sid: str, client: _Client, wanted: Subscribe) -> Unsubscribe:
        def send(rows: tuple[Event, ...]) -> None:
            if client.queue.qsize() > MAX_QUEUED:
                raise TemporaryError("the client is slow")
            for row in rows:
                # its socket is in this process: a queue between processes could only lose the row
                self._server.emit("event", row.model_dump(mode="json"), to=sid, namespace=NAMESPACE, ignore_queue=True)

        return self._stream.follow(wanted.after, send, task_id=wanted.task_id)

    def _replace(self, sid: str, following: Unsubscribe | None) -> None:
        """Ends the former subscription of a client, and the new one too when the client has left meanwhile."""
        with self._mutex:
            former = self._following.pop(sid, None)
            if following is not None and sid in self._clients:
                self._following[sid] = following
                following = None
        for unsubscribe in filter(None, (former, following)):
            unsubscribe()

    def _queue_of(self, sid: str) -> Queue[Any]:
        eio_sid = self._server.manager.eio_sid_from_sid(sid, NAMESPACE)
        queue: Queue[Any] = self._server.eio.sockets[eio_sid].queue
        return queue


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # set by Flask-SocketIO
    return sid
