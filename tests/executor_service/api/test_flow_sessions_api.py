"""`/api/flow-sessions`: what happened in a session, step by step, and nothing of what people wrote."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH, create

BODY = {"contact_id": "ana", "conversation_id": "c1", "channel": "web", "account": "web"}


def started(served: Served) -> tuple[FlaskClient, str]:
    client = as_role(served, "administrator")
    flow_id = create(client)["flow"]["id"]
    client.post(f"{PATH}/{flow_id}/publish", json={"revision": 1})
    client.post(f"{PATH}/{flow_id}/start", json=BODY)
    return as_role(served, "viewer"), flow_id


def test_trace_says_where_a_session_went_and_stands(served: Served) -> None:
    client, flow_id = started(served)
    (found,) = client.get("/api/flow-sessions", query_string={"conversation_id": "c1"}).json["sessions"]
    assert (found["flow_id"], found["status"], found["contact_id"]) == (flow_id, "waiting", "ana")
    history = client.get(f"/api/flow-sessions/{found['id']}").json
    steps = [(line["type"], line["node_id"]) for line in history["trace"]]
    assert steps[0] == ("entered", "start")
    assert steps[-1] == ("waiting", found["node_id"])
    assert (history["reason"], history["calls"]) == ("", [])


def test_sessions_of_a_flow_are_found_and_strangers_are_not(served: Served) -> None:
    client, flow_id = started(served)
    assert len(client.get("/api/flow-sessions", query_string={"flow_id": flow_id}).json["sessions"]) == 1
    assert client.get("/api/flow-sessions", query_string={"flow_id": "other"}).json["sessions"] == []
    assert client.get("/api/flow-sessions").status_code == 422
    assert client.get("/api/flow-sessions/none").status_code == 404
