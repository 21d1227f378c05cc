"""Lists beyond what was recorded: operators, aggregates and broken requests."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.demo_erp.conftest import Ask


def names(ask: Ask, doctype: str, filters: Any, **query: str) -> list[str]:
    """The names of the documents that match."""
    texts = {"filters": json.dumps(filters), "limit": "0"} | query
    answer = ask("GET", f"/api/resource/{doctype}", query_string=texts)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [row["name"] for row in answer.get_json()["data"]]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ([["territory", "=", "CUSCO"]], 9),
        ([["territory", "!=", "Cusco"]], 25),
        ([["territory", "in", ["Cusco", "lima"]]], 22),
        ([["territory", "not in", ["Cusco", "Lima"]]], 12),
        ([["customer_name", "like", "%FERRETERIA%"]], 6),
        ([["customer_name", "not like", "%ferretería%"]], 28),
        ([["mobile_no", "is", "set"]], 33),
        ([["disabled", "=", 1]], 1),
        ({"territory": "Cusco", "customer_group": ["=", "Constructoras"]}, 2),
        (["territory", "=", "Piura"], 1),
        ([["Customer", "territory", "descendants of", "Todos los territorios"]], 34),
    ],
)
def test_operator_counts_as_expected(filters: Any, count: int, ask: Ask) -> None:
    assert len(names(ask, "Customer", filters)) == count


@pytest.mark.parametrize(
    ("span", "count"), [("today", 0), ("yesterday", 2), ("last month", 34), ("this year", 289), ("last year", 115)]
)
def test_timespan_is_counted_from_the_day_of_the_data(span: str, count: int, ask: Ask) -> None:
    assert len(names(ask, "Sales Invoice", [["posting_date", "Timespan", span]])) == count


def test_pages_join_to_the_whole_list_without_repeats(ask: Ask) -> None:
    whole = names(ask, "Item", [], order_by="item_name asc")
    pages = [
        names(ask, "Item", [], order_by="item_name asc", limit="10", limit_start=str(start))
        for start in range(0, 50, 10)
    ]
    assert [name for page in pages for name in page] == whole
    assert len(set(whole)) == 46


def test_sums_by_group_add_up_to_the_sum_of_all(ask: Ask) -> None:
    filters = json.dumps([["docstatus", "=", 1]])
    fields = json.dumps(["territory", "sum(base_grand_total) as total"])
    query = {"fields": fields, "filters": filters, "limit": "0"}
    groups = ask("GET", "/api/resource/Sales Invoice", query_string=query | {"group_by": "territory"})
    whole = ask(
        "GET", "/api/resource/Sales Invoice", query_string=query | {"fields": '["sum(base_grand_total) as total"]'}
    )
    assert len(groups.get_json()["data"]) > 3
    total = sum(row["total"] for row in groups.get_json()["data"])
    assert total == pytest.approx(whole.get_json()["data"][0]["total"])


@pytest.mark.parametrize("order_by", ["name desc; drop table x", "(select 1)", "no_such_field", "sleep(1)"])
def test_order_by_something_else_than_a_field_is_refused(order_by: str, ask: Ask) -> None:
    answer = ask("GET", "/api/resource/Item", query_string={"order_by": order_by})
    assert answer.status_code == 417


@pytest.mark.parametrize("group_by", ["1=1", "name; drop table tabItem", "(select api_secret from tabUser)"])
def test_group_by_something_else_than_a_field_is_refused(group_by: str, ask: Ask) -> None:
    answer = ask("GET", "/api/resource/Item", query_string={"group_by": group_by})
    assert answer.status_code == 417


def test_value_with_quotes_is_only_a_value(ask: Ask) -> None:
    assert names(ask, "Customer", [["name", "=", "x' OR '1'='1"]]) == []
    assert names(ask, "Customer", {"name": "Ferretería O'Higgins & Hijos"}) == ["Ferretería O'Higgins & Hijos"]
