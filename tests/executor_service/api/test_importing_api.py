"""`/api/flows/import`: a file becomes drafts that the checks have looked at; a bad one leaves nothing behind."""

from __future__ import annotations

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH
from tests.executor_service.flows.importing.test_typebot import around, clinic
from tests.executor_service.flows.test_checks import good

IMPORT = f"{PATH}/import"


def test_file_becomes_a_draft_with_its_report_and_findings(served: Served) -> None:
    administrator = as_role(served, "administrator")
    made = administrator.post(f"{IMPORT}?language=en", json={"document": clinic()})
    assert made.status_code == 201, made.json
    (arrived,) = made.json["flows"]
    assert (arrived["flow"]["name"], arrived["flow"]["version_id"]) == ("Clínica San Blas", None)
    lost = next(note for note in arrived["notes"] if note["rule"] == "left_out")
    assert lost["text"].startswith("“Grupo grande”: “Google Sheets” does not exist here")
    assert {finding["severity"] for finding in arrived["findings"]} == {"warning"}
    draft = administrator.get(f"{PATH}/{arrived['flow']['id']}").json["draft"]
    assert len(draft["nodes"]) > 10
    published = administrator.post(f"{PATH}/{arrived['flow']['id']}/publish", json={"revision": 1})
    assert published.status_code == 201, published.json


def test_flow_that_calls_one_that_is_not_there_has_a_critical_finding(served: Served) -> None:
    document = around({"id": "b", "type": "Typebot link", "options": {"typebotId": "otro"}})
    made = as_role(served, "administrator").post(IMPORT, json={"document": document, "name": "Mío"}).json["flows"][0]
    assert made["flow"]["name"] == "Mío"
    assert [one["rule"] for one in made["findings"] if one["severity"] == "critical"] == ["no_such_flow"]
    assert "called_flow" in {note["rule"] for note in made["notes"]}


def test_exported_flow_of_our_own_is_imported_as_it_is(served: Served) -> None:
    document = {"name": "Saludo", "description": "Saluda.", "flow": good()}
    made = as_role(served, "administrator").post(IMPORT, json={"document": document, "format": "recado"}).json["flows"]
    assert [(one["flow"]["name"], one["flow"]["description"], one["notes"]) for one in made] == [
        ("Saludo", "Saluda.", [])
    ]


def test_bad_file_is_explained_and_nothing_is_made(served: Served) -> None:
    administrator = as_role(served, "administrator")
    refused = administrator.post(IMPORT, json={"document": {"version": "6", "groups": [7], "edges": []}})
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    assert "this Typebot file is damaged" in refused.json["detail"]
    assert administrator.post(IMPORT, json={"document": {}}).status_code == 422
    assert administrator.post(IMPORT, json={"document": clinic(), "format": "lotus"}).status_code == 422
    assert administrator.get(PATH).json["flows"] == []


def test_only_administrators_import(served: Served) -> None:
    assert as_role(served, "operator").post(IMPORT, json={"document": clinic()}).status_code == 403
