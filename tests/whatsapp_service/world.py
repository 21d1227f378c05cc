"""What tests of the gateway do again and again: start one, deliver to it, look at what it stored."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from flask_openapi import OpenAPI
from flask_socketio import SocketIO
from prometheus_client import CollectorRegistry
from sqlalchemy import Row, Table, select

from shared.auth import Auth, make_auth
from shared.clock import Clock, utc_now
from shared.contracts.callers import Role
from shared.contracts.events import Event
from shared.contracts.messages import Reply, TextPart
from shared.database import Database
from shared.http.guard import Guard
from shared.settings import Settings
from shared.tables import metadata as shared_metadata
from shared.tokens import Tokens
from tests.fakes.gateway_fakes import NOON, FakeExecutor, FakeInterpreter, FakeStream
from tests.patience import until
from whatsapp_service.app import create_app
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.inbox_feed import NAMESPACE
from whatsapp_service.limits import Limits
from whatsapp_service.making import make_gateway
from whatsapp_service.tables import messages, metadata

APP_SECRET = "app-secret"
SECRET_KEY = "k" * 40
NUMBER = "109876543210001"
ANA = "12025550143"
TASK = "task-1"
QUICK = Limits(
    lease_seconds=3,
    renew_seconds=0.5,
    poll_seconds=0.05,
    turn_retry_seconds=(0.01, 0.02),
    contact_burst=1000,
    unknown_seconds=0.3,
    pending_look_seconds=0.2,
    turn_threads=8,
    send_threads=4,
    feed_check_seconds=0.2,
)


@dataclass(frozen=True)
class Door:
    """A started gateway with everything around it."""

    gateway: Gateway
    app: OpenAPI
    socketio: SocketIO
    auth: Auth
    tokens: Tokens
    database: Database
    interpreter: FakeInterpreter
    executor: FakeExecutor
    stream: FakeStream
    metrics: CollectorRegistry

    def post(self, body: object, *, secret: str = APP_SECRET) -> int:
        """Delivers a body as Meta does; gives the HTTP status."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client().post("/webhooks/whatsapp", data=raw, headers=signed(raw, secret)).status_code

    def say(self, *texts: str, phone: str = ANA, first: int = 1) -> None:
        """Delivers one message after the other from one phone."""
        for number, text in enumerate(texts, first):
            assert self.post(delivery(text_message(text, f"wamid.{phone}.{number}", phone))) == 200

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def operator(self) -> FlaskClient:
        """A client of the operator on the machine, who may do everything."""
        return self._bearer(self.tokens.service("operator"))

    def program(self, role: Role) -> FlaskClient:
        """A client with an API token of that role."""
        user = self.auth.users.create("system", f"user-{role}", "correct horse battery", "administrator")
        return self._bearer(self.auth.api_tokens.make(user.id, user.id, "a program", role)[1])

    def _bearer(self, token: str) -> FlaskClient:
        client = self.client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    def rows(self, table: Table = messages, **where: object) -> list[Row[Any]]:
        query = (
            select(table).where(*(table.c[name] == value for name, value in where.items())).order_by(*table.primary_key)
        )
        with self.database.read() as connection:
            return list(connection.execute(query))

    def said(self, **where: object) -> list[str]:
        """The texts of the outgoing messages, oldest first."""
        return [row.content.get("text", row.kind) for row in self.rows(direction="out", **where)]

    def wait_said(self, count: int) -> list[str]:
        """The texts once there are so many and all of them have left."""
        wait_until(lambda: len(self.said(is_open=0)) >= count and not self.said(is_open=1))
        return self.said()

    def close(self) -> None:
        self.socketio.server.namespace_handlers[NAMESPACE].stop()  # type: ignore[attr-defined]  # not in the stubs
        self.gateway.stop()
        self.database.close()


def make_door(
    url: str,
    *,
    settings: Settings | None = None,
    interpreter: FakeInterpreter | None = None,
    executor: FakeExecutor | None = None,
    stream: FakeStream | None = None,
    now: Clock = utc_now,
    limits: Limits = QUICK,
    is_started: bool = True,
) -> Door:
    database = Database(url)
    metadata.create_all(database.engine)
    shared_metadata.create_all(database.engine)
    settings = settings or Settings.model_validate({"whatsapp_app_secret": APP_SECRET, "whatsapp_verify_token": "word"})
    metrics = CollectorRegistry()
    interpreter, executor, stream = interpreter or FakeInterpreter(), executor or FakeExecutor(), stream or FakeStream()
    tokens, auth = Tokens(SECRET_KEY, now=now), make_auth(database, now=now)
    gateway = make_gateway(
        settings,
        database=database,
        interpreter=interpreter,
        executor=executor,
        events=stream,
        tokens=tokens,
        metrics=metrics,
        now=now,
        limits=limits,
    )
    guard = Guard(auth, tokens)
    app, socketio = create_app(settings, gateway=gateway, guard=guard, auth=auth, metrics=metrics)
    if is_started:
        gateway.start()
    return Door(gateway, app, socketio, auth, tokens, database, interpreter, executor, stream, metrics)


def limits(**changed: object) -> Limits:
    return replace(QUICK, **changed)  # type: ignore[arg-type]


def signed(raw: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"}


def text_message(text: str, message_id: str, phone: str = ANA, at: float | None = None) -> dict[str, Any]:
    return {
        "from": phone,
        "id": message_id,
        "timestamp": str(int(at or time.time())),
        "type": "text",
        "text": {"body": text},
    }


def delivery(*items: dict[str, Any], number: str = NUMBER, statuses: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A delivery of messages and statuses for one number."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550100001", "phone_number_id": number},
    }
    if items:
        value["messages"] = list(items)
    if statuses:
        value["statuses"] = list(statuses)
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }


def row(number: int, kind: str, conversation_id: str | None, at: datetime = NOON, **data: Any) -> Event:
    """A row of the executor about the one task there is."""
    return Event.model_validate(
        {"id": number, "task_id": TASK, "conversation_id": conversation_id, "type": kind, "at": at, "data": data}
    )


def message_row(number: int, text: str, conversation_id: str) -> Event:
    reply = Reply(key="whatever", parts=(TextPart(text=text),))
    return row(number, "message", conversation_id, **reply.model_dump(mode="json"))


def make_due(door: Door) -> None:
    """Lets the delay of a retry be over."""
    with door.database.engine.begin() as connection:
        connection.execute(messages.update().where(messages.c.state == "retry").values(due_at=utc_now()))
    door.gateway.wake(door.rows()[0].conversation_id)


def wait_until(is_so: Callable[[], bool]) -> None:
    assert until(is_so), "it did not happen in time"
