"""Socket.IO namespace `/tasks`: event rows as they appear, after catching up from a cursor.

A client emits `subscribe {task_id?, after?}` and gets `event {...}` for every row, in order, without gaps: what it
has after a disconnect is asked for again with its cursor. Without `task_id` only the gateway may listen.
"""

from __future__ import annotations

import threading
from typing import Any

from flask import request
from flask_socketio import Namespace, SocketIO
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from socketio.exceptions import ConnectionRefusedError as Refused

from executor_service.events.stream import LocalEventStream
from executor_service.executor import Executor
from shared.apis import Unsubscribe
from shared.contracts.callers import ServiceCaller
from shared.contracts.events import Event
from shared.errors import NotAuthenticated, RecadoError
from shared.http.problems import problem_of
from shared.tokens import AnyCaller, Tokens

NAMESPACE = "/tasks"
MAX_SUBSCRIPTIONS = 200


class Subscribe(BaseModel):
    model_config = ConfigDict(extra="forbid")

    task_id: str | None = Field(None, max_length=40)
    after: int = Field(0, ge=0, le=2**62)


class TaskNamespace(Namespace):
    """One subscription a client: a new one replaces the former."""

    def __init__(self, socketio: SocketIO, executor: Executor, tokens: Tokens) -> None:
        super().__init__(NAMESPACE)
        self._socketio = socketio
        self._executor = executor
        self._tokens = tokens
        self._stream = LocalEventStream(executor.log)
        self._callers: dict[str, AnyCaller] = {}
        self._following: dict[str, Unsubscribe] = {}
        self._mutex = threading.Lock()

    def on_connect(self, auth: Any = None) -> None:
        token = auth.get("token", "") if isinstance(auth, dict) else ""
        try:
            caller = self._tokens.read(str(token))
        except NotAuthenticated as error:
            raise Refused("not authenticated") from error
        with self._mutex:
            if len(self._callers) >= MAX_SUBSCRIPTIONS:
                raise Refused("too many connections")
            self._callers[_sid()] = caller

    def on_disconnect(self, *_reason: Any) -> None:
        with self._mutex:
            self._callers.pop(_sid(), None)
        self._stop(_sid())

    def on_subscribe(self, data: Any) -> dict[str, Any]:
        """Acknowledged with `{}`, or with a problem."""
        sid = _sid()
        try:
            wanted = Subscribe.model_validate(data or {})
            self._check(sid, wanted)
        except ValidationError:
            return {"problem": {"type": "urn:recado:invalid_arguments", "status": 422}}
        except RecadoError as error:
            return {"problem": problem_of(error).model_dump()}
        self._stop(sid)
        self._follow(sid, wanted)
        return {}

    def _check(self, sid: str, wanted: Subscribe) -> None:
        caller = self._callers.get(sid)
        if caller is None:
            raise NotAuthenticated
        if wanted.task_id is not None:
            self._executor.calls.state(wanted.task_id, caller)
        elif not isinstance(caller, ServiceCaller) or caller.service not in ("gateway", "operator"):
            raise NotAuthenticated("only the gateway listens to all tasks")
        else:
            self._executor.events(wanted.after, limit=1)

    def _follow(self, sid: str, wanted: Subscribe) -> None:
        def send(rows: tuple[Event, ...]) -> None:
            for row in rows:
                if wanted.task_id in (None, row.task_id):
                    self._socketio.emit("event", row.model_dump(mode="json"), namespace=NAMESPACE, to=sid)

        unsubscribe = self._stream.follow(wanted.after, send)
        with self._mutex:
            self._following[sid] = unsubscribe

    def _stop(self, sid: str) -> None:
        with self._mutex:
            unsubscribe = self._following.pop(sid, None)
        if unsubscribe is not None:
            unsubscribe()


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # set by Flask-SocketIO
    return sid
