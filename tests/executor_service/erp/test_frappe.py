"""The requests that the client makes, against recorded ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from werkzeug import Request, Response

from executor_service.erp.encoding import dump
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.protocol import Erp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from shared.errors import ContractBroken, CredentialsRefused, ErpNotPermitted
from tests.executor_service.erp.recordings import exchanges


class Replay:
    """Answers each request with the recorded answer of that path, and keeps the request."""

    def __init__(self, name: str) -> None:
        self.recorded = exchanges()[name]
        self.path = self.query = ""
        self.arguments: dict[str, str] = {}
        self.body: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        request = Request(environ)
        self.path, self.arguments = request.path, request.args.to_dict()
        self.body = request.get_json(silent=True)
        one = self.recorded
        return Response(one.body, one.status, headers=dict(one.headers))(environ, start_response)


def client_of(application: Any) -> Erp:
    return FrappeErp(FrappeSite("http://erp.example", adapter=WsgiAdapter(application), sleep=lambda _: None), "k", "s")


def parsed(arguments: Any) -> dict[str, Any]:
    return {key: json.loads(value) if value[:1] in "[{" else value for key, value in arguments.items()}


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("list_01_fields_filters_limit", lambda erp: erp.find(
            "Customer", [("territory", "=", "Cusco")],
            fields=("name", "customer_name", "customer_group", "territory", "mobile_no"), limit=5)),
        ("count_02_reportview_get_count", lambda erp: erp.count("Sales Invoice", [("status", "=", "Overdue")])),
        ("search_01_search_link", lambda erp: erp.search("Customer", "alamos", limit=5)),
        ("doc_07_single", lambda erp: erp.get("Global Defaults", "Global Defaults")),
        ("meta_02_versions", lambda erp: erp.version()),
        ("auth_01_logged_user_admin", lambda erp: erp.user()),
        ("report_04_stock_balance_ignore_prepared", lambda erp: erp.run_report("Stock Balance", {
            "company": "Ferretería Andina", "from_date": "2026-11-01", "to_date": "2026-11-20",
            "item_code": ["CON-001"]})),
    ],
)  # fmt: skip
def test_request_is_the_recorded_one(name: str, ask: Callable[[Erp], Any]) -> None:
    replay = Replay(name)
    assert ask(client_of(replay))
    assert replay.path == unquote(replay.recorded.path)
    assert parsed(replay.recorded.query).items() <= parsed(replay.arguments).items()


def test_report_never_names_a_user() -> None:
    replay = Replay("report_04_stock_balance_ignore_prepared")
    client_of(replay).run_report("Stock Balance", {"user": "admin@erp.example"})
    assert "user" not in replay.arguments
    assert set(replay.arguments) == {"report_name", "filters", "ignore_prepared_report", "are_default_filters"}


def test_long_filters_go_as_a_body() -> None:
    replay = Replay("server_13_long_url_filters_by_post")
    found = client_of(replay).find("Item", [("name", "in", ["CON-001"] * 300)], fields=("name", "item_name"))
    assert replay.path == "/api/method/frappe.client.get_list"
    assert replay.arguments == {}
    assert replay.body["doctype"] == "Item"
    assert found[0] == {"name": "CON-001", "item_name": "Cemento Sol 42.5 kg"}


def test_values_to_be_stored_never_stand_on_the_top_level() -> None:
    replay = Replay("client_01_insert")
    client_of(replay).insert("Brand", {"brand": "Truper", "method": "x", "data": "y"})
    assert replay.body == {"doc": {"doctype": "Brand", "brand": "Truper", "method": "x", "data": "y"}}
    client_of(replay).update("Brand", "Truper", {"cost": Decimal("1.50"), "since": date(2026, 11, 20)})
    assert replay.body["fieldname"] == {"cost": 1.5, "since": "2026-11-20"}
    assert set(replay.body) == {"doctype", "name", "fieldname"}


@pytest.mark.parametrize("name", ["auth_03_no_credentials_method", "auth_05_wrong_secret", "server_10_disabled_user"])
def test_check_says_that_the_key_is_refused(name: str) -> None:
    with pytest.raises(CredentialsRefused):
        client_of(Replay(name)).check()


def test_check_says_that_there_is_no_frappe_at_the_address() -> None:
    with pytest.raises(ContractBroken, match="no Frappe site"):
        client_of(Response("<h1>Not Found</h1>", 404)).check()


def test_guest_is_no_user() -> None:
    with pytest.raises(CredentialsRefused):
        client_of(Response('{"message": "Guest"}')).user()


def test_refused_method_stays_a_matter_of_rights_elsewhere() -> None:
    with pytest.raises(ErpNotPermitted):
        client_of(Replay("method_03_not_whitelisted")).count("Item")


def test_version_is_asked_once_for_all_people_of_a_site() -> None:
    replay, asked = Replay("meta_02_versions"), []

    def count(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        asked.append(environ["HTTP_AUTHORIZATION"])
        return replay(environ, start_response)

    site = FrappeSite("http://erp.example", adapter=WsgiAdapter(count), sleep=lambda _: None)
    found = {FrappeErp(site, key, "s").version() for key in ("ana", "leo", "ana")}
    assert len(found) == 1
    assert asked == ["token ana:s"]


def test_version_14_searches_answer_in_results() -> None:
    body = '{"results": [{"value": "A", "label": "An <b>A</b>", "description": "first, A"}]}'
    found = client_of(Response(body)).search("Item", "a")
    assert [(one.name, one.title, one.description) for one in found] == [("A", "An A", "first, A")]


def test_answer_that_is_no_pdf_breaks_the_contract() -> None:
    with pytest.raises(ContractBroken):
        client_of(Response("<html>login</html>")).pdf("Sales Invoice", "X")


def test_value_without_a_form_in_json_is_a_bug() -> None:
    with pytest.raises(TypeError, match="object"):
        dump({"x": object()})
