"""`/api/flows/{id}/simulate` and `/test`: viewers try a drawing out, and one that fails its tests is not published."""

from __future__ import annotations

from typing import Any

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH, create
from tests.executor_service.flows.test_checks import good

STEPS = [{"kind": "expect", "says": "¿Sigues?", "options": ["Sí", "No"]}, {"kind": "tap", "option": "yes"}]


def drawing(*steps: dict[str, Any]) -> dict[str, Any]:
    return {**good(), "tests": [{"name": "saludo", "steps": [*STEPS, *steps]}]}


def test_viewer_plays_a_draft_step_by_step(served: Served) -> None:
    path = f"{PATH}/{create(as_role(served, 'administrator'))['flow']['id']}/simulate"
    viewer = as_role(served, "viewer")
    begun = viewer.post(path, json={}).json
    assert [part["text"] for parts in begun["beats"][0]["said"] for part in parts] == ["Hola", "¿Sigues?"]
    assert (begun["standing"]["waits_for"], begun["standing"]["options"]) == ("input", ["Sí", "No"])
    ended = viewer.post(path, json={"steps": STEPS}).json
    assert [beat["path"] for beat in ended["beats"]] == [["start", "hello", "ask"], [], ["end"]]
    assert ended["standing"]["status"] == "completed"


def test_simulation_says_in_words_what_cannot_be_played(served: Served) -> None:
    path = f"{PATH}/{create(as_role(served, 'administrator'))['flow']['id']}/simulate?language=en"
    viewer = as_role(served, "viewer")
    played = viewer.post(path, json={"steps": [{"kind": "tap", "option": "maybe"}]}).json
    assert played["beats"][-1]["trouble"] == "there is no option “maybe”; offered are: Sí, No"
    assert viewer.post(path, json={"steps": [{"kind": "say", "text": "x"}] * 101}).status_code == 422
    assert viewer.post(path, json={"draft": {"nodes": 7}}).status_code == 422
    assert viewer.post(path, json={"scene": {"node": "gone"}}).status_code == 422
    assert viewer.post(f"{PATH}/gone/simulate", json={}).status_code == 404


def test_flow_that_fails_its_own_test_is_not_published(served: Served) -> None:
    administrator = as_role(served, "administrator")
    flow = create(administrator, draft=drawing({"kind": "expect", "says": "Gracias"}))["flow"]
    path = f"{PATH}/{flow['id']}"
    refused = administrator.post(f"{path}/publish?language=es", json={"revision": 1})
    said = "La prueba «saludo» falla en el paso 3: debía decir «Gracias» y dijo: –."
    assert (refused.status_code, refused.json["detail"]) == (422, said)
    answer = as_role(served, "viewer").post(f"{path}/test", json={}).json
    assert (answer["tests"], [one["text"] for one in answer["findings"]]) == (1, [said])
    administrator.put(path, json={"revision": 1, "draft": drawing({"kind": "expect", "status": "completed"})})
    assert administrator.post(f"{path}/publish", json={"revision": 2}).status_code == 201


def test_only_administrators_let_a_simulation_make_real_calls(served: Served) -> None:
    administrator = as_role(served, "administrator")
    path = f"{PATH}/{create(administrator)['flow']['id']}/simulate"
    assert as_role(served, "operator").post(path, json={"real": ["ask"]}).status_code == 403
    assert administrator.post(path, json={"real": ["ask"]}).status_code == 200


def test_real_tool_reads_with_a_contact_s_rights_and_never_writes(served: Served) -> None:
    administrator = as_role(served, "administrator")
    path = f"{PATH}/{create(administrator)['flow']['id']}/simulate"

    def called(tool: str, contact_id: str, **arguments: str) -> dict[str, Any]:
        config = {"tool": tool, "arguments": arguments}
        nodes = [
            {"id": "start", "data": {"type": "trigger"}},
            {"id": "tool", "data": {"type": "tool", "config": config}},
        ]
        edges = [{"id": "e", "source": "start", "target": "tool"}]
        body = {"draft": {"nodes": nodes, "edges": edges}, "real": ["tool"], "contact_id": contact_id}
        (call,) = administrator.post(path, json=body).json["beats"][0]["calls"]
        assert call["answer"] == "real"
        return dict(call)

    assert called("test.echo", "ana", text="hola")["value"]["text"] == "hola"
    assert called("test.echo", "", text="hola")["error"] == "simulated_no_contact"
    assert called("test.write", "ana", text="hola")["error"] == "simulated_write"
    assert called("test.secret", "ana")["error"] == "not_permitted"
    assert called("gone.tool", "ana")["error"] == "unknown_tool"
