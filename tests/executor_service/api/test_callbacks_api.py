"""`POST /callbacks/{token}`: no login; the address itself is the permission, and it is good for one answer."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from executor_service.api.callbacks_api import MAX_BODY_BYTES
from executor_service.flows.callback_links import CallbackLinks
from executor_service.flows.session_model import Session
from executor_service.flows.tables import flow_callbacks
from executor_service.flows.wiring import FlowParts
from shared.contracts.callers import ContactCaller
from tests.executor_service.api.served import app_of
from tests.executor_service.flows.drawing import draw
from tests.fakes.house import House

LINKS = CallbackLinks("key", "https://recado.example/executor")
CALLER = ContactCaller(contact_id="ana", conversation_id="c1", channel="web", account="web")


@pytest.fixture
def waiting(tmp_path: Any) -> Any:
    """A client, a function that starts a session which waits for another system, and one that gives what was kept."""
    house = House(tmp_path, (), flows=FlowParts(callback_links=LINKS, look_every_seconds=0.05))
    house.executor.start()
    flows = house.executor.flows
    stored = flows.store.create("Pay", draw(("start", "trigger", {}), ("pay", "callback", {})))
    flows.store.publish(stored.id)

    def start() -> Session:
        advance = flows.start_flow(stored.id, CALLER)
        assert advance is not None
        return advance.stored.session

    def kept(session_id: str) -> Any:
        with house.database.read() as connection:
            return connection.execute(
                select(flow_callbacks.c.data).where(flow_callbacks.c.session_id == session_id)
            ).scalar_one()

    yield app_of(house).test_client(), start, kept
    house.executor.stop()
    house.database.close()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"json": {"amount": 12}}, {"amount": 12}),
        ({"json": [1, 2]}, {"value": [1, 2]}),
        ({"data": {"amount": "12"}}, {"amount": "12"}),
        ({"data": "paid", "content_type": "text/plain"}, {"text": "paid"}),
    ],
)
def test_answer_is_taken_once(waiting: Any, sent: Any, kept: Any) -> None:
    client, start, kept_of = waiting
    session = start()
    path = f"/callbacks/{LINKS.token(session.id, 1)}"
    assert client.post(path, **sent).status_code == 202
    again = client.post(path, **sent)
    assert (again.status_code, again.content_type) == (410, "application/problem+json")
    assert kept_of(session.id) == kept


def test_unknown_address_and_bad_body_are_explained(waiting: Any) -> None:
    client, start, _ = waiting
    path = f"/callbacks/{LINKS.token(start().id, 1)}"
    assert client.post("/callbacks/nothing", json={}).status_code == 404
    assert client.post(path, data="{", content_type="application/json").status_code == 422
    assert client.post(path, data="x" * (MAX_BODY_BYTES + 1), content_type="text/plain").status_code == 413
    assert client.post(path, json={}).status_code == 202
