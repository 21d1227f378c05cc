"""`/api/templates`: everybody may look, administrators make flows of them, which can be published at once."""

from __future__ import annotations

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH
from tests.executor_service.flows.test_checks import good

TEMPLATES = "/api/templates"


def test_templates_are_listed_in_the_language_that_is_asked_for(served: Served) -> None:
    listed = as_role(served, "viewer").get(f"{TEMPLATES}?language=pt").json["templates"]
    menu = next(one for one in listed if one["name"] == "welcome_menu")
    assert (menu["title"], menu["category"]) == ("Menu de boas-vindas", "service")
    assert menu["languages"] == ["es", "pt", "en"]
    assert menu["tests"] > 0


def test_template_becomes_a_flow_that_can_be_published(served: Served) -> None:
    administrator = as_role(served, "administrator")
    made = administrator.post(f"{TEMPLATES}/human_handoff/use?language=en", json={})
    assert (made.status_code, made.json["flow"]["name"]) == (201, "Human hand-off")
    published = administrator.post(f"{PATH}/{made.json['flow']['id']}/publish", json={"revision": 1})
    assert published.status_code == 201
    named = administrator.post(f"{TEMPLATES}/faq/use", json={"flow_name": "Dudas"}).json
    assert named["flow"]["name"] == "Dudas"


def test_viewer_makes_no_flow_and_unknown_templates_are_not_found(served: Served) -> None:
    assert as_role(served, "viewer").post(f"{TEMPLATES}/faq/use", json={}).status_code == 403
    assert as_role(served, "administrator").post(f"{TEMPLATES}/gone/use", json={}).status_code == 404


def test_template_is_looked_at_before_it_is_taken(served: Served) -> None:
    viewer = as_role(served, "viewer")
    whole = viewer.get(f"{TEMPLATES}/faq?language=en").json
    assert (whole["template"]["name"], len(whole["flow"]["nodes"])) == ("faq", whole["template"]["nodes"])
    assert viewer.get(f"{TEMPLATES}/gone").status_code == 404


def test_flow_is_kept_as_a_template_used_and_deleted(served: Served) -> None:
    administrator = as_role(served, "administrator")
    flow = administrator.post(PATH, json={"name": "Saludo", "draft": good()}).json["flow"]
    body = {"flow_id": flow["id"], "title": "Nuestro saludo", "category": "service", "description": "Saluda."}
    kept = administrator.post(f"{TEMPLATES}?language=pt", json=body)
    assert kept.status_code == 201, kept.json
    assert (kept.json["title"], kept.json["is_own"], kept.json["tests"]) == ("Nuestro saludo", True, 1)
    name = kept.json["name"]
    listed = as_role(served, "viewer").get(TEMPLATES).json["templates"]
    assert [one["name"] for one in listed if one["is_own"]] == [name]
    made = administrator.post(f"{TEMPLATES}/{name}/use", json={}).json
    assert (made["flow"]["name"], len(made["draft"]["nodes"])) == ("Nuestro saludo", 4)
    assert administrator.delete(f"{TEMPLATES}/{name}").status_code == 204
    assert administrator.get(f"{TEMPLATES}/{name}").status_code == 404
    assert administrator.get(f"{PATH}/{made['flow']['id']}").status_code == 200


def test_template_that_comes_along_stays_and_only_administrators_keep_one(served: Served) -> None:
    administrator, operator = as_role(served, "administrator"), as_role(served, "operator")
    assert administrator.delete(f"{TEMPLATES}/faq").status_code == 409
    body = {"flow_id": "gone", "title": "x", "category": "service"}
    assert operator.post(TEMPLATES, json=body).status_code == 403
    assert administrator.post(TEMPLATES, json=body).status_code == 404
    assert administrator.post(TEMPLATES, json={**body, "category": "cooking"}).status_code == 422
