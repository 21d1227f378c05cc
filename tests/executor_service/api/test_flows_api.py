"""`/api/flows`: drawn by administrators, published when nothing critical is found, never saved over another's work."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.audit import Audit
from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.flows.test_checks import good

PATH = "/api/flows"


@pytest.fixture
def administrator(served: Served) -> FlaskClient:
    return as_role(served, "administrator")


def create(client: FlaskClient, **body: Any) -> dict[str, Any]:
    made = client.post(PATH, json={"name": "Saludo", "draft": good(), **body})
    assert made.status_code == 201, made.json
    found: dict[str, Any] = made.json
    return found


def test_flow_is_drawn_published_and_rolled_back(administrator: FlaskClient) -> None:
    flow = create(administrator)["flow"]
    path = f"{PATH}/{flow['id']}"
    first = administrator.post(f"{path}/publish", json={"revision": 1})
    assert (first.status_code, first.json["number"]) == (201, 1)
    changed = good()
    changed["nodes"][1]["data"]["config"]["text"] = "Buenas"
    saved = administrator.put(path, json={"revision": 1, "draft": changed, "name": "Bienvenida"}).json
    assert (saved["flow"]["revision"], saved["flow"]["name"]) == (2, "Bienvenida")
    administrator.post(f"{path}/publish", json={"revision": 2})
    versions = administrator.get(f"{path}/versions").json["versions"]
    assert [one["number"] for one in versions] == [2, 1]
    back = administrator.post(f"{path}/roll-back", json={"version_id": first.json["id"], "revision": 2}).json
    assert back["draft"]["nodes"][1]["data"]["config"]["text"] == "Hola"
    whole = administrator.get(f"{path}/versions/{versions[0]['id']}").json
    assert whole["flow"]["nodes"][1]["data"]["config"]["text"] == "Buenas"


def test_second_who_saves_is_told_and_nothing_is_lost(administrator: FlaskClient) -> None:
    path = f"{PATH}/{create(administrator)['flow']['id']}"
    assert administrator.put(path, json={"revision": 1, "draft": good()}).status_code == 200
    late = administrator.put(path, json={"revision": 1, "draft": {"nodes": []}})
    assert (late.status_code, late.content_type) == (409, "application/problem+json")
    assert administrator.post(f"{path}/publish", json={"revision": 1}).status_code == 409
    assert len(administrator.get(path).json["draft"]["nodes"]) == 4


def test_roll_back_that_is_refused_is_not_noted(served: Served, administrator: FlaskClient) -> None:
    path = f"{PATH}/{create(administrator)['flow']['id']}"
    version = administrator.post(f"{path}/publish", json={"revision": 1}).json["id"]
    stale = {"version_id": version, "revision": 7}
    assert administrator.post(f"{path}/roll-back", json=stale).status_code == 409
    with served.house.database.read() as connection:
        assert "flow.roll_back" not in [entry.action for entry in Audit().list(connection).entries]


def test_version_of_another_flow_is_not_found(administrator: FlaskClient) -> None:
    one, other = (f"{PATH}/{create(administrator, name=name)['flow']['id']}" for name in ("Uno", "Dos"))
    version = administrator.post(f"{one}/publish", json={"revision": 1}).json["id"]
    assert administrator.get(f"{one}/versions/{version}").status_code == 200
    assert administrator.get(f"{other}/versions/{version}").status_code == 404
    taken = {"version_id": version, "revision": 1}
    assert administrator.post(f"{other}/roll-back", json=taken).status_code == 404


def test_flow_with_a_critical_finding_is_not_published_and_says_why(administrator: FlaskClient) -> None:
    broken = good()
    broken["edges"].pop(0)
    path = f"{PATH}/{create(administrator, draft=broken)['flow']['id']}"
    refused = administrator.post(f"{path}/publish?language=pt", json={"revision": 1})
    assert refused.status_code == 422
    assert refused.json["errors"][0] == {"where": "start", "what": "«Inicio» deve levar a um único nó."}
    checked = administrator.post(f"{path}/check", json={"draft": broken}).json
    assert checked["exits"]["ask"] == ["yes", "no", "other", "failed", "timeout"]
    assert [one["severity"] for one in checked["findings"]] == ["critical", "warning", "warning", "warning"]
    assert administrator.get(f"{path}/versions").json["versions"] == []


def test_exported_flow_can_be_imported_and_copied(administrator: FlaskClient) -> None:
    made = create(administrator)
    imported = create(administrator, name="Otra", draft=made["draft"])
    assert imported["draft"] == made["draft"]
    copied = administrator.post(f"{PATH}/{made['flow']['id']}/duplicate", json={"name": "Copia"}).json
    assert copied["draft"] == made["draft"]
    assert [one["name"] for one in administrator.get(PATH).json["flows"]] == ["Copia", "Otra", "Saludo"]


def test_flow_is_stopped_and_taken_away(administrator: FlaskClient) -> None:
    path = f"{PATH}/{create(administrator)['flow']['id']}"
    assert administrator.post(f"{path}/activate", json={"is_active": True}).status_code == 409
    administrator.post(f"{path}/publish", json={"revision": 1})
    stopped = administrator.post(f"{path}/activate", json={"is_active": False}).json
    assert stopped["flow"]["is_active"] is False
    assert administrator.delete(path).status_code == 204
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize("draft", [{"nodes": "none"}, {"nodes": [{"id": ""}]}, {"nodes": [{"data": {}}]}])
def test_what_is_no_flow_is_refused(administrator: FlaskClient, draft: dict[str, Any]) -> None:
    refused = administrator.post(PATH, json={"name": "x", "draft": draft})
    assert refused.status_code == 422
    assert refused.json["errors"]


@pytest.mark.parametrize("role", ["viewer", "operator"])
def test_others_look_but_do_not_draw(served: Served, administrator: FlaskClient, role: Any) -> None:
    path = f"{PATH}/{create(administrator)['flow']['id']}"
    other = as_role(served, role)
    assert other.get(path).status_code == 200
    assert other.post(PATH, json={"name": "x"}).status_code == 403
    assert other.put(path, json={"revision": 1, "draft": good()}).status_code == 403
    assert other.post(f"{path}/publish", json={"revision": 1}).status_code == 403
    assert other.delete(path).status_code == 403
    assert served.client(None).get(path).status_code == 401


def test_palette_has_a_form_for_every_kind(administrator: FlaskClient) -> None:
    kinds = administrator.get("/api/nodes").json["nodes"]
    assert {"trigger", "message", "buttons", "tool", "end"} <= {one["name"] for one in kinds}
    assert all(one["config"]["type"] == "object" and one["titles"]["es"] for one in kinds)
