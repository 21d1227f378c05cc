"""Computed reports against the answers that the recorded server gave for the same data."""

from __future__ import annotations

import json
import lzma
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from demo_erp.app import DEMO_DAY, create_app
from demo_erp.meta import load_meta
from demo_erp.recordings import Recording, recordings_of
from demo_erp.reports import all_reports
from tests.demo_erp.conftest import Ask
from tests.demo_erp.replay import HERE, Replay

RUN = "/api/method/frappe.desk.query_report.run"
# The clock of the recorded database ran in UTC: for what SQL called today it was already the 21st.
DAY_OF_REPORT = {"sales_order_analysis": date(2026, 11, 21)}
# Time differs from run to run; the recordings leave the chart out.
UNCOMPARED = ("result", "execution_time", "chart")


def recorded_reports() -> list[dict[str, Any]]:
    """The recorded answers of the computed reports: name, query and message."""
    packed = (HERE / "recorded" / "reports.json.xz").read_bytes()
    reports: list[dict[str, Any]] = json.loads(lzma.decompress(packed))
    return reports


@pytest.mark.parametrize("recorded", recorded_reports(), ids=lambda recorded: recorded["name"])
def test_report_equals_the_recorded_answer(recorded: dict[str, Any], tmp_path: Path) -> None:
    app = create_app(tmp_path / "demo.sqlite3", today=DAY_OF_REPORT.get(recorded["name"], DEMO_DAY))
    message = run(Replay(app), recorded["query"])
    app.extensions["demo_erp"].close()
    theirs = recorded["message"]
    assert {key: message[key] for key in theirs if key not in UNCOMPARED} == {
        key: theirs[key] for key in theirs if key not in UNCOMPARED
    }
    assert unmatched(message["result"], theirs["result"]) == []
    assert len(message["result"]) == len(theirs["result"])


@pytest.fixture(scope="module")
def recordings() -> list[Recording]:
    with_answers = json.loads(lzma.decompress((files("demo_erp") / "data" / "recorded_reports.json.xz").read_bytes()))
    return [Recording(**one) for one in with_answers]


def test_every_computed_report_has_a_recorded_answer() -> None:
    assert set(all_reports()) == {recorded["query"]["report_name"] for recorded in recorded_reports()}


def test_every_recorded_report_answers_what_was_recorded(ask: Ask, recordings: list[Recording]) -> None:
    for one in recordings:
        query = {"report_name": one.report, "filters": json.dumps(one.filters), "ignore_prepared_report": "true"}
        answer = ask("GET", RUN, query_string=query)
        assert answer.status_code == 200, (one.report, answer.get_data(as_text=True))
        assert answer.get_json()["message"]["result"] == one.message["result"]


def test_recorded_report_with_other_filters_says_which_it_has(ask: Ask, recordings: list[Recording]) -> None:
    for one in recordings:
        filters = json.dumps({**one.filters, "company": "Otra SA"})
        answer = ask("GET", RUN, query_string={"report_name": one.report, "filters": filters})
        assert answer.status_code == 417
        assert f"no calcula el reporte {one.report}: solo lo tiene de" in answer.get_json()["exception"]


def test_every_other_report_of_the_site_says_that_it_is_not_computed(ask: Ask) -> None:
    reports = load_meta().reports
    others = [name for name in reports if name not in all_reports() and not recordings_of(name)]
    assert len(others) > 100
    for name in others:
        answer = ask("GET", RUN, query_string={"report_name": name, "filters": "{}"})
        assert (answer.status_code, name in answer.get_json()["exception"]) == (417, True)
        assert "no calcula el reporte: " in answer.get_json()["exception"]


def test_days_to_come_are_as_good_as_today(ask: Ask) -> None:
    filters = {"company": "Ferretería Andina", "account": "BCP Soles - FA", "from_date": "2026-01-01"}
    query = {"report_name": "Bank Clearance Summary", "filters": json.dumps({**filters, "to_date": "2026-12-31"})}
    assert ask("GET", RUN, query_string=query).status_code == 417  # the recording names no company
    del filters["company"]
    query["filters"] = json.dumps({**filters, "to_date": "2026-12-31"})
    assert len(ask("GET", RUN, query_string=query).get_json()["message"]["result"]) == 251


def test_recorded_report_is_refused_to_who_may_not_see_all_of_it(ask: Ask, recordings: list[Recording]) -> None:
    for one in recordings:
        query = {"report_name": one.report, "filters": json.dumps(one.filters)}
        assert ask("GET", RUN, "vendedor_cusco", query_string=query).status_code == 403


def test_report_on_a_doctype_that_the_person_may_not_read_is_refused(ask: Ask) -> None:
    filters = {"tree_type": "Territory", "from_date": "2026-01-01", "to_date": "2026-11-20"}
    query = {"report_name": "Sales Analytics", "filters": json.dumps(filters)}
    answer = ask("GET", RUN, "contador", query_string=query)
    assert answer.status_code == 403
    assert "Orden de venta (OV)" in answer.get_json()["exception"]


def test_limited_seller_gets_only_the_orders_of_the_own_territory(ask: Ask, replay: Replay) -> None:
    query = {"report_name": "Sales Order Analysis", "filters": {"from_date": "2026-01-01", "to_date": "2026-11-20"}}
    everything = run(replay, query)["result"]
    own = run(replay, query, "vendedor_cusco")["result"]
    listed = ask("GET", "/api/resource/Customer", "vendedor_cusco", query_string={"limit": "0"})
    allowed = {row["name"] for row in listed.get_json()["data"]}
    theirs = [row for row in everything[:-1] if row["customer"] in allowed]
    assert [row["name"] for row in own[:-1]] == [row["name"] for row in theirs]
    assert own[-1][11] == pytest.approx(sum(row["amount"] for row in theirs))


def test_gross_profit_by_item_group_adds_up_to_that_by_customer(replay: Replay) -> None:
    filters = {"from_date": "2026-01-01", "to_date": "2026-11-20"}
    totals = [
        run(replay, {"report_name": "Gross Profit", "filters": filters | {"group_by": group_by}})["result"][-1]
        for group_by in ("Item Group", "Customer Group", "Monthly", "Customer")
    ]
    assert {round(total["selling_amount"], 2) for total in totals} == {271045.59}
    assert {round(total["gross_profit"], 2) for total in totals} == {89820.89}


@pytest.mark.parametrize("unit", ["Weekly", "Monthly", "Quarterly", "Yearly"])
def test_sales_analytics_total_does_not_depend_on_the_range(unit: str, replay: Replay) -> None:
    filters = {"tree_type": "Customer Group", "doc_type": "Sales Invoice", "value_quantity": "Value"}
    period = {"from_date": "2026-01-01", "to_date": "2026-11-20", "range": unit}
    rows = run(replay, {"report_name": "Sales Analytics", "filters": filters | period})["result"]
    assert rows[0]["total"] == pytest.approx(271045.59)


@pytest.mark.parametrize("unit", ["Monthly", "Quarterly", "Half-Yearly", "Yearly"])
def test_profit_does_not_depend_on_the_columns(unit: str, replay: Replay) -> None:
    period = {"period_start_date": "2026-01-01", "period_end_date": "2026-11-20", "periodicity": unit}
    filters = {"filter_based_on": "Date Range", "accumulated_values": 0} | period
    rows = run(replay, {"report_name": "Profit and Loss Statement", "filters": filters})["result"]
    assert rows[-1]["total"] == pytest.approx(-149129.94)


def test_balance_sheet_outside_the_fiscal_years_is_refused(ask: Ask) -> None:
    period = {"period_start_date": "2024-01-01", "period_end_date": "2024-12-31", "periodicity": "Yearly"}
    filters = {"filter_based_on": "Date Range", "accumulated_values": 1} | period
    query = {"report_name": "Balance Sheet", "filters": json.dumps(filters)}
    answer = ask("GET", RUN, query_string=query)
    assert answer.status_code == 417
    assert "31-12-2024" in answer.get_json()["exception"]


def test_balance_sheet_of_a_margin_view_is_refused(ask: Ask) -> None:
    query = {"report_name": "Balance Sheet", "filters": json.dumps({"selected_view": "Margin"})}
    answer = ask("GET", RUN, query_string=query)
    assert answer.status_code == 417
    assert "selected_view Margin" in answer.get_json()["exception"]


def run(replay: Replay, query: dict[str, Any], who: str = "admin") -> dict[str, Any]:
    """The message of a report that is answered."""
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in query.items()}
    headers = {"Authorization": f"token <api key of {who}>:<api secret>"}
    answer = replay.send({"method": "GET", "path": RUN, "query": texts, "headers": headers})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    message: dict[str, Any] = answer.get_json()["message"]
    return message


def unmatched(ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Rows without a partner: the order of rows is not stable in ERPNext itself."""
    left = list(theirs)
    missing = []
    for row in ours:
        partner = next((index for index, other in enumerate(left) if is_same(row, other)), None)
        if partner is None:
            missing.append(row)
        else:
            del left[partner]
    return missing


def is_same(one: Any, other: Any) -> bool:
    """Equal within a hundredth; the order inside comma-joined cells is not stable either."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= 0.01 + 1e-9
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, str) and isinstance(other, str) and ", " in one:
        return sorted(one.split(", ")) == sorted(other.split(", "))
    return bool(one == other)
