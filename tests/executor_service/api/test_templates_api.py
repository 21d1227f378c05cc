"""`/api/templates`: everybody may look, administrators make flows of them, which can be published at once."""

from __future__ import annotations

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH

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
