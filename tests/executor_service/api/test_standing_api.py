"""`/api/flows/{id}/standing` and `/settle`: viewers see who stands where, administrators say what becomes of them."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH, create

BODY = {"contact_id": "ana", "conversation_id": "c1", "channel": "web", "account": "web"}


def asking(text: str) -> dict[str, Any]:
    ask = {"text": text, "variable": "session.name"}
    nodes = [("start", "trigger", {"kind": "manual"}), ("ask", "wait_input", ask)]
    return {
        "nodes": [
            {"id": one, "type": "node", "position": {"x": 0, "y": 0}, "data": {"label": one, "type": kind, "config": c}}
            for one, kind, c in nodes
        ],
        "edges": [{"id": "e", "source": "start", "target": "ask", "sourceHandle": "default"}],
    }


@pytest.fixture
def client(served: Served) -> FlaskClient:
    return as_role(served, "administrator")


@pytest.fixture
def path(client: FlaskClient) -> str:
    """A flow in whose first version one person stands, and whose draft has changed since."""
    path = f"{PATH}/{create(client, draft=asking('Name?'))['flow']['id']}"
    made = client.post(f"{path}/publish", json={"revision": 1})
    assert made.status_code == 201, made.json
    assert client.post(f"{path}/start", json=BODY).status_code == 200
    client.put(path, json={"revision": 1, "draft": asking("Your name?")})
    return path


def test_publish_moves_people_when_asked_to(served: Served, client: FlaskClient, path: str) -> None:
    assert client.post(f"{path}/publish", json={"revision": 2, "sessions": "move"}).status_code == 201
    (found,) = as_role(served, "viewer").get(f"{path}/standing").json["versions"]
    assert (found["number"], found["people"], found["nodes"]) == (2, 1, [{"node_id": "ask", "people": 1}])


def test_people_on_an_old_version_are_moved_or_stopped_later(served: Served, client: FlaskClient, path: str) -> None:
    client.post(f"{path}/publish", json={"revision": 2})
    assert client.get(f"{path}/standing").json["versions"][0]["number"] == 1
    assert client.post(f"{path}/settle", json={"sessions": "interrupt"}).json == {"done": 1, "left": 0}
    assert client.get(f"{path}/standing").json["versions"] == []
    assert client.post(f"{path}/settle", json={"sessions": "keep"}).status_code == 422
    assert as_role(served, "operator").post(f"{path}/settle", json={"sessions": "move"}).status_code == 403
