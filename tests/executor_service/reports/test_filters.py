"""Arguments as the filters of each version of ERPNext."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from executor_service.erp.protocol import ReportAnswer
from executor_service.registry.semantic import Link, Period
from executor_service.registry.tool import Tool
from executor_service.reports.filters import filters_of
from executor_service.reports.loader import load_catalogue
from executor_service.reports.model import ReportEntry
from executor_service.reports.parameters import arguments_of
from executor_service.tasks.failures import explain
from shared.contracts.base import Language
from shared.errors import InvalidArguments, NeedsOneOf
from shared.texts import Texts
from tests.executor_service.reports.conftest import RecordedErp

TODAY = date(2026, 11, 20)
REPORTS = {report.name: report for report in load_catalogue()}


def filters(name: str, version: str = "15.92.1", **given: Any) -> dict[str, Any]:
    report = REPORTS[name]
    arguments = arguments_of(report, given, today=TODAY, language="es")
    return filters_of(report.view_for(arguments.plain), arguments, company="Andina", version=version)


def test_ageing_limits_are_one_filter_since_version_15() -> None:
    assert filters("receivables.ageing")["range"] == "30, 60, 90, 120"
    assert "range1" not in filters("receivables.ageing")


def test_ageing_limits_are_four_filters_in_version_14() -> None:
    old = filters("payables.ageing", "14.70.0")
    assert "range" not in old
    assert [old[f"range{place}"] for place in (1, 2, 3, 4)] == [30, 60, 90, 120]


def test_party_is_sent_in_the_form_of_every_version() -> None:
    sent = filters("receivables.ageing", customer=Link("Customer", "Ana"))
    assert (sent["party_type"], sent["party"], sent["customer"]) == ("Customer", ["Ana"], "Ana")


def test_party_kind_is_left_out_without_a_party() -> None:
    assert not {"party", "party_type", "customer"} & set(filters("receivables.ageing"))


def test_stock_takes_lists_of_items_since_version_15_and_one_before() -> None:
    item = Link("Item", "CON-001")
    assert filters("stock.balance", item=item)["item_code"] == ["CON-001"]
    assert filters("stock.balance", "14.1.0", item=item)["item_code"] == "CON-001"


def test_stock_of_a_day_is_asked_from_a_month_before_it() -> None:
    sent = filters("stock.balance", as_of=Period(date(2026, 3, 31), date(2026, 3, 31)))
    assert (sent["from_date"], sent["to_date"]) == ("2026-02-28", "2026-03-31")


def test_ledger_grouping_has_another_name_in_version_16() -> None:
    supplier = Link("Supplier", "Aceros")
    assert filters("ledger.party", supplier=supplier)["group_by"] == "Group by Voucher (Consolidated)"
    new = filters("ledger.party", "16.0.1", supplier=supplier)
    assert "group_by" not in new
    assert new["categorize_by"] == "Categorize by Voucher (Consolidated)"
    assert (new["party_type"], new["party"]) == ("Supplier", ["Aceros"])


def test_ledger_of_nobody_is_refused_before_the_erp_is_asked() -> None:
    with pytest.raises(InvalidArguments) as caught:
        filters("ledger.party")
    assert {error["where"] for error in caught.value.errors} == {"customer", "supplier"}


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("es", "cliente o proveedor"), ("pt", "cliente ou fornecedor"), ("en", "customer or supplier")],
)
def test_party_that_is_missing_is_named_in_the_persons_language(language: Language, wanted: str) -> None:
    with pytest.raises(NeedsOneOf) as caught:
        arguments_of(REPORTS["ledger.party"], {}, today=TODAY, language=language)
    told = explain(caught.value, Texts("executor_service.tasks"), language, "X")
    assert caught.value.params == {"wanted": wanted}
    assert (told.reason, wanted in told.text) == ("needs_one_of", True)


def test_default_words_become_days() -> None:
    sent = filters("sales.by_customer")
    assert (sent["from_date"], sent["to_date"]) == ("2026-11-01", "2026-11-30")


def test_words_of_the_person_become_days() -> None:
    assert filters("sales.by_customer", period="mes pasado")["to_date"] == "2026-10-31"


def test_balance_of_a_running_month_is_that_of_today() -> None:
    month = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert filters("receivables.ageing", as_of=month)["report_date"] == "2026-11-20"


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_value_of_every_choice_gives_filters(report: ReportEntry) -> None:
    party = {one: Link(report.parameters[one].doctype, "Ana") for one in report.needs_one_of[:1]}
    for name, entry in report.parameters.items():
        for choice in entry.choices or [None]:
            sent = filters(report.name, **party, **({name: choice} if choice else {}))
            says_none = report.view.notes.get("en") == "all companies" or "account" in report.needs_one_of
            assert sent.get("company") == "Andina" or says_none
            assert not any(isinstance(value, str) and "$" in value for value in sent.values())


def test_movements_take_one_item_in_version_14_and_a_list_of_warehouses_in_16() -> None:
    given = {"item": Link("Item", "CON-001"), "warehouse": Link("Warehouse", "Central")}
    sent = {major: filters("stock.movements", f"{major}.1.0", **given) for major in ("14", "15", "16")}
    assert [one["item_code"] for one in sent.values()] == ["CON-001", ["CON-001"], ["CON-001"]]
    assert [one["warehouse"] for one in sent.values()] == ["Central", "Central", ["Central"]]


def test_ledger_of_all_accounts_is_grouped_by_its_name_in_version_16() -> None:
    assert "categorize_by" not in filters("ledger.general")
    assert "group_by" not in filters("ledger.general", "16.2.0")
    assert filters("ledger.general", "16.2.0")["categorize_by"] == "Categorize by Voucher (Consolidated)"


def test_groups_of_the_trial_balance_are_asked_for_in_version_16() -> None:
    assert "show_group_accounts" not in filters("finance.trial_balance")
    assert filters("finance.trial_balance", "16.0.0")["show_group_accounts"] == 1


VERSIONED = [report for report in REPORTS.values() if report.view.filters_by_version]


@pytest.mark.parametrize("report", VERSIONED, ids=lambda report: report.name)
@pytest.mark.parametrize("release", ["14.70.1", "15.92.1", "16.4.0"])
def test_report_is_asked_in_the_words_of_the_version_that_was_detected(
    report: ReportEntry, release: str, make_context: Callable[..., Any], tools: dict[str, Tool]
) -> None:
    context = make_context(erp=RecordedErp(release=release, fixed=ReportAnswer(columns=(), rows=())))
    party = {one: Link(report.parameters[one].doctype, "Ana") for one in report.needs_one_of[:1]}
    tools[report.name](context, **party)
    ((_, sent),) = context.erp.asked
    assert sent == {**sent, **plain(filters(report.name, release, **party), sent)}
    others = report.view.filters_by_version.get(release[:2], {})
    assert all(name not in sent for name, value in others.items() if value == "")


def plain(expected: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    """What is expected, but for the company and the fiscal year, which the context and the ERP name."""
    assert set(expected) | {"fiscal_year"} >= set(sent)
    return {name: value for name, value in expected.items() if name not in ("company", "fiscal_year")}
