"""Finding, counting and printing documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from executor_service.outputs.text import render_text
from executor_service.registry.semantic import Link, Period
from executor_service.registry.tool import Tool
from shared.contracts.results import Choice, File, Table, Text
from shared.errors import ErpNotPermitted, InvalidArguments, NoMatch

Make = Callable[..., Any]
Tools = dict[str, Tool]
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def names(table: Table) -> list[Any]:
    place = [column.name for column in table.columns].index("name")
    return [row[place] for row in table.rows]


def test_list_is_newest_first_and_says_how_many_there_are(tools: Tools, make_context: Make, make_invoice: Make) -> None:
    context = make_context(*(make_invoice(number) for number in range(1, 26)))
    table = tools["document.find"](context, kind="Sales Invoice")
    assert (len(table.rows), table.row_count, table.truncated) == (10, 25, True)
    assert names(table)[0] == "ACC-SINV-2026-00025"
    text = render_text(table, "es", locale="es_PE")
    assert "10 de 25" in text
    assert "1. Ana — S/ 2,512.50 (ACC-SINV-2026-00025; 25 oct 2026; Por pagar)" in text


def test_limit_is_kept_between_one_and_a_hundred(tools: Tools, make_context: Make, make_invoice: Make) -> None:
    context = make_context(*(make_invoice(number) for number in range(1, 6)))
    assert len(tools["document.find"](context, kind="Sales Invoice", limit=-3).rows) == 1
    assert len(tools["document.find"](context, kind="Sales Invoice", limit=10_000).rows) == 5


def test_customer_period_and_state_limit_the_list(tools: Tools, make_context: Make, make_invoice: Make) -> None:
    context = make_context(
        make_invoice(1),
        make_invoice(2, outstanding_amount=0, status="Paid"),
        make_invoice(3, customer="Luis"),
        make_invoice(4, posting_date="2026-09-30"),
        make_invoice(5, docstatus=0, status="Draft"),
    )
    table = tools["document.find"](
        context, kind="Sales Invoice", customer=Link("Customer", "Ana"), period=OCTOBER, status="unpaid"
    )
    assert names(table) == ["ACC-SINV-2026-00001"]
    assert table.scope == "Ferretería Andina · octubre de 2026 · Cliente: Ana · por pagar"


def test_cancelled_documents_and_other_companies_are_left_out(
    tools: Tools, make_context: Make, make_invoice: Make
) -> None:
    context = make_context(make_invoice(1), make_invoice(2, docstatus=2), make_invoice(3, company="Otra"))
    assert names(tools["document.find"](context, kind="Sales Invoice")) == ["ACC-SINV-2026-00001"]
    cancelled = tools["document.find"](context, kind="Sales Invoice", status="cancelled")
    assert names(cancelled) == ["ACC-SINV-2026-00002"]


def test_words_limit_the_list(tools: Tools, make_context: Make, make_invoice: Make) -> None:
    context = make_context(make_invoice(1), make_invoice(2, customer="Rojas SAC"))
    assert names(tools["document.find"](context, kind="Sales Invoice", text=" rojas ")) == ["ACC-SINV-2026-00002"]
    assert isinstance(tools["document.find"](context, kind="Sales Invoice", text="nadie"), Text)


def test_nothing_found_is_said_with_the_scope(tools: Tools, make_context: Make) -> None:
    said = tools["document.find"](make_context(language="en"), kind="Quotation", period=OCTOBER)
    assert said == Text(text="Quotations: there are none for Ferretería Andina · October 2026.")


@pytest.mark.parametrize(
    ("kind", "given", "where"),
    [
        ("Sales Invoice", {"supplier": Link("Supplier", "Aceros")}, "supplier"),
        ("Purchase Order", {"customer": Link("Customer", "Ana")}, "customer"),
        ("Customer", {"period": OCTOBER}, "period"),
        ("Payment Entry", {"status": "overdue"}, "status"),
    ],
)
def test_filter_that_a_kind_does_not_have_is_refused(
    kind: str, given: dict[str, Any], where: str, tools: Tools, make_context: Make
) -> None:
    with pytest.raises(InvalidArguments) as caught:
        tools["document.find"](make_context(), kind=kind, **given)
    assert [error["where"] for error in caught.value.errors] == [where]


def test_count_counts_what_the_person_may_see(tools: Tools, make_context: Make, make_invoice: Make) -> None:
    context = make_context(*(make_invoice(number) for number in range(1, 4)), language="pt")
    said = tools["document.count"](context, kind="Sales Invoice", period=OCTOBER)
    assert said == Text(text="Faturas de venda: *3*\nFerretería Andina · outubro de 2026")


@pytest.mark.parametrize("name", ["ACC-SINV-2026-00007", "acc-sinv-2026-00007", " 00007 "])
def test_pdf_is_found_by_number_or_a_part_of_it(
    name: str, tools: Tools, make_context: Make, make_invoice: Make
) -> None:
    context = make_context(make_invoice(7), make_invoice(8))
    file = tools["document.pdf"](context, name=name)
    assert file == File(
        artifact_id="file-1",
        filename="ACC-SINV-2026-00007.pdf",
        media_type="application/pdf",
        caption="Factura de venta ACC-SINV-2026-00007",
    )
    assert context.files.data["file-1"].startswith(b"%PDF")


def test_series_of_the_number_wins_over_the_kind_that_was_said(
    tools: Tools, make_context: Make, make_invoice: Make
) -> None:
    context = make_context(make_invoice(7))
    assert tools["document.pdf"](context, name="ACC-SINV-2026-00007", kind="Purchase Invoice").media_type


def test_several_documents_become_a_question(tools: Tools, make_context: Make, make_invoice: Make) -> None:
    context = make_context(make_invoice(7), make_invoice(17, customer="Luis"))
    choice = tools["document.pdf"](context, name="0007", kind="Sales Invoice")
    assert isinstance(choice, File)
    choice = tools["document.pdf"](context, name="SINV-2026", kind="Sales Invoice")
    assert isinstance(choice, Choice)
    assert choice.parameter == "name"
    assert [(one.id, one.description) for one in choice.options] == [
        ("ACC-SINV-2026-00017", "Factura de venta · Luis"),
        ("ACC-SINV-2026-00007", "Factura de venta · Ana"),
    ]


def test_unknown_number_is_no_match(tools: Tools, make_context: Make) -> None:
    with pytest.raises(NoMatch):
        tools["document.pdf"](make_context(), name="ACC-SINV-2026-99999")


def test_kinds_that_the_person_may_not_see_are_passed_over(
    tools: Tools, make_context: Make, make_invoice: Make
) -> None:
    context = make_context(make_invoice(7), hidden=("Payment Entry", "Purchase Invoice"))
    assert isinstance(tools["document.pdf"](context, name="00007"), File)
    context = make_context(make_invoice(7), hidden=("Sales Invoice",))
    with pytest.raises(ErpNotPermitted):
        tools["document.pdf"](context, name="ACC-SINV-2026-00007")
