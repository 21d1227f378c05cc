"""`/api/flows/{id}/statistics`: anybody with a login looks; days and versions are chosen by the query."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH, create


@pytest.fixture
def published(served: Served) -> tuple[str, str]:
    """The path of a published flow's statistics, and the id of its version."""
    client = as_role(served, "administrator")
    flow_id = create(client)["flow"]["id"]
    version = client.post(f"{PATH}/{flow_id}/publish", json={"revision": 1}).json["id"]
    body = {"contact_id": "ana", "conversation_id": "c1", "channel": "web", "account": "web"}
    assert client.post(f"{PATH}/{flow_id}/start", json=body).status_code == 200
    return f"{PATH}/{flow_id}/statistics", version


def look(client: FlaskClient, path: str, **query: Any) -> Any:
    return client.get(path, query_string=query)


def test_viewer_sees_what_was_counted(served: Served, published: tuple[str, str]) -> None:
    path, version = published
    found = look(as_role(served, "viewer"), path).json
    assert found["version_ids"] == [version]
    assert found["runs"]["started"] == 1
    assert found["days"][0]["day"] == found["end"]
    assert found["edges"][0]["count"] == 1
    assert found["nodes"][0]["visits"] == 1


def test_period_and_version_narrow_what_is_counted(served: Served, published: tuple[str, str]) -> None:
    path, version = published
    client = as_role(served, "viewer")
    today = look(client, path).json["end"]
    assert look(client, path, **{"from": today, "to": today, "version": version}).json["runs"]["started"] == 1
    before = look(client, path, to="2026-01-31").json
    assert (before["start"], before["runs"]["started"], before["nodes"]) == ("2026-01-02", 0, [])


def test_wrong_query_is_explained(served: Served, published: tuple[str, str]) -> None:
    path, _ = published
    client = as_role(served, "viewer")
    assert look(client, path, **{"from": "2026-02-01", "to": "2026-01-01"}).status_code == 422
    assert look(client, path, **{"from": "yesterday"}).status_code == 422
    assert look(client, path, version="nope").status_code == 404
    assert look(client, f"{PATH}/nope/statistics").status_code == 404
    assert look(client, path, to="0001-01-01").json["start"] == "0001-01-01"
