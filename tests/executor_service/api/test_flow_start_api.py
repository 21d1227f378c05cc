"""`POST /api/flows/{id}/start`: administrators start a published flow for a contact."""

from __future__ import annotations

from typing import Any

import pytest

from shared.audit import Audit
from shared.contracts.callers import Role
from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import actor_of, as_role
from tests.executor_service.flows.drawing import draw

WHO = {"contact_id": "ana", "conversation_id": "of-ana", "channel": "web", "account": "console"}


@pytest.fixture
def path(served: Served) -> str:
    """Of a published flow with an argument."""
    store = served.house.executor.flows.store
    flow = draw(
        ("start", "trigger", {}),
        ("say", "message", {"text": "Hi {{ local.who }}"}),
        settings={"arguments": [{"name": "who"}]},
    )
    stored = store.create("Hello", flow)
    store.publish(stored.id)
    return f"/api/flows/{stored.id}/start"


def test_administrator_starts_a_flow_for_a_contact(served: Served, path: str) -> None:
    administrator = as_role(served, "administrator")
    started = administrator.post(path, json={**WHO, "arguments": {"who": "Ana"}})
    assert (started.status_code, started.json["status"]) == (200, "completed")
    (row,) = [event for event in served.house.log.page(0).events if event.type == "message"]
    assert (row.conversation_id, row.data["parts"][0]["text"]) == ("of-ana", "Hi Ana")
    with served.house.database.read() as connection:
        entry = Audit().list(connection).entries[0]
    assert (entry.action, entry.actor) == ("flow.start", actor_of(served, administrator))


@pytest.mark.parametrize("role", ["viewer", "operator"])
def test_others_start_none_with_the_rights_of_a_contact(served: Served, path: str, role: Role) -> None:
    assert as_role(served, role).post(path, json=WHO).status_code == 403
    assert served.house.log.page(0).events == ()


@pytest.mark.parametrize(
    ("change", "status"), [({}, 422), ({"time_zone": "Lima"}, 422), ({"contact_id": ""}, 422), ({"more": 1}, 422)]
)
def test_wrong_start_is_refused(served: Served, path: str, change: dict[str, Any], status: int) -> None:
    assert as_role(served, "administrator").post(path, json={**WHO, **change}).status_code == status


def test_flow_that_is_not_published_is_409(served: Served) -> None:
    assert as_role(served, "administrator").post("/api/flows/none/start", json=WHO).status_code == 409


def test_operator_stops_all_who_are_in_a_flow(served: Served) -> None:
    store = served.house.executor.flows.store
    stored = store.create("Ask", draw(("start", "trigger", {}), ("ask", "wait_input", {"text": "Name?"})))
    store.publish(stored.id)
    administrator, operator = as_role(served, "administrator"), as_role(served, "operator")
    for contact in ("ana", "leo"):
        who = {**WHO, "contact_id": contact, "conversation_id": f"of-{contact}"}
        assert administrator.post(f"/api/flows/{stored.id}/start", json=who).json["status"] == "waiting"
    assert as_role(served, "viewer").post(f"/api/flows/{stored.id}/stop").status_code == 403
    assert [operator.post(f"/api/flows/{stored.id}/stop").json["stopped"] for _ in range(2)] == [2, 0]
