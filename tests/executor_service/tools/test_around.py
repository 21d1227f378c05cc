"""What hangs around documents on the demo company's ERP: conversions, payments, messages, facts, figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from executor_service.erp.protocol import Measure
from executor_service.registry.semantic import Link, Money, Period
from shared.contracts.results import Choice, Table, Text
from shared.errors import ErpNotPermitted, ToolFailed
from tests.executor_service.tools.conftest import MakeDesk
from tests.executor_service.tools.desk import Desk

MISTI = Link("Customer", "Constructora Misti EIRL")
UNPAID = [("docstatus", "=", 1), ("outstanding_amount", ">", 10)]


def unpaid_invoice(desk: Desk) -> tuple[str, Decimal]:
    found = desk.erp.find("Sales Invoice", UNPAID, fields=("name", "outstanding_amount"), limit=1)[0]
    return str(found["name"]), Decimal(str(found["outstanding_amount"]))


def new_quotation(desk: Desk) -> str:
    told = desk.write("draft.quotation", customer=MISTI, items="2 CON-001")
    name = told.splitlines()[1].split()[-1]
    desk.write("document.submit", name=name)
    return name


def test_quotation_becomes_an_order_and_the_order_an_invoice(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    quotation = new_quotation(desk)
    plan = desk.plan("document.convert", name=quotation, into="Sales Order")
    assert desk.find_done("document.convert", plan) is None
    told = desk.do("document.convert", plan)
    order = told.splitlines()[1].split()[-1]
    assert order.startswith("SAL-ORD-2026-")
    assert order in (desk.find_done("document.convert", plan) or "")
    desk.write("document.submit", name=order)
    assert "ACC-SINV-2026-" in desk.write("document.convert", name=order, into="Sales Invoice")
    related = desk.ask("document.related", name=order)
    assert {table.title for table in related} == {"Cotizaciones", "Facturas de venta"}


def test_draft_cannot_be_converted_nor_a_payment_into_an_order(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    told = desk.write("draft.quotation", customer=MISTI, items="2 CON-001")
    with pytest.raises(ToolFailed, match="no está validado"):
        desk.ask("document.convert", name=told.splitlines()[1].split()[-1], into="Sales Order")
    with pytest.raises(ToolFailed, match="no se puede hacer"):
        desk.ask("document.convert", name="ACC-PAY-2026-00012", into="Sales Order")


def test_payment_is_a_draft_over_what_was_said(make_desk: MakeDesk) -> None:
    desk = make_desk("contador")
    name, _ = unpaid_invoice(desk)
    plan = desk.plan("payment.register", name=name, amount=Money("5.50"))
    assert (plan.card.amount, plan.card.currency) == ("5.5", "PEN")
    told = desk.do("payment.register", plan)
    assert "ACC-PAY-2026-" in told
    assert "S/ 5.50" in told
    assert desk.find_done("payment.register", plan) is not None


def test_more_than_is_owed_is_refused(make_desk: MakeDesk) -> None:
    desk = make_desk("contador")
    name, owed = unpaid_invoice(desk)
    with pytest.raises(ToolFailed, match="no cuadra"):
        desk.ask("payment.register", name=name, amount=Money(owed + 1))


def test_invoice_goes_only_to_its_own_contacts(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    invoice = desk.erp.find("Sales Invoice", [("docstatus", "=", 1), ("customer", "=", "Clínica San Gabriel SA")])[0]
    with pytest.raises(ToolFailed, match="uno de ellos"):
        desk.ask("document.send", name=invoice["name"], to="ladron@example.com")
    plan = desk.plan("document.send", name=invoice["name"])
    assert plan.card.details[0].endswith("@cliente.example")
    assert plan.steps["to"] in desk.do("document.send", plan)


def test_comment_reminder_assignment_and_file_are_kept(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    name = "ACC-SINV-2026-00377"
    desk.context.files.data["f1"] = b"\x89PNG"
    plans = {
        "document.comment": desk.plan("document.comment", name=name, text="Paga el lunes"),
        "document.assign": desk.plan("document.assign", name=name, to="Elena", note="Cobrar"),
        "document.attach": desk.plan("document.attach", name=name, file="f1", filename="../foto.png"),
        "todo.create": desk.plan("todo.create", text="llamar a Rojas"),
    }
    for tool, plan in plans.items():
        assert desk.find_done(tool, plan) is None, tool
        told = desk.do(tool, plan)
        assert told.startswith("✅")
        assert desk.find_done(tool, plan) is not None, tool
    files = desk.ask("document.attachments", name=name)
    assert isinstance(files, Table)
    assert [row[0] for row in files.rows] == ["foto.png"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("recuérdame llamar a Rojas", "Llamar a Rojas"),
        ("Recuérdame que pague la luz", "Pague la luz"),
        ("me lembra de ligar para o Rojas", "Ligar para o Rojas"),
        ("remind me to call Rojas", "Call Rojas"),
        ("llamar a Rojas", "Llamar a Rojas"),
        ("recuérdame", "Recuérdame"),
    ],
)
def test_reminder_is_about_what_is_to_be_done(make_desk: MakeDesk, said: str, kept: str) -> None:
    desk = make_desk("gerente")
    plan = desk.plan("todo.create", text=said, when=Period(date(2026, 11, 30), date(2026, 11, 30)))
    assert (plan.card.document, plan.card.details) == (kept, ("Para el 30 nov 2026",))
    assert plan.steps["text"] == kept


def test_facts_of_a_document_under_workflow_name_its_next_steps(make_desk: MakeDesk) -> None:
    shown = make_desk("gerente").ask("document.show", name="OC 55")
    assert isinstance(shown, Text)
    assert "Puedes: Aprobar, Rechazar" in shown.text


def test_number_that_fits_several_kinds_is_asked_about(make_desk: MakeDesk) -> None:
    asked = make_desk("Administrator").ask("document.show", name="00012")
    assert isinstance(asked, Choice)
    assert asked.parameter == "name"


def test_price_balance_summary_and_rights(make_desk: MakeDesk) -> None:
    desk = make_desk("Administrator")
    assert "S/ 29.90 / Bolsa" in desk.ask("price.item", item=Link("Item", "CON-001")).text
    assert "S/ 188,807.95" in desk.ask("account.balance", account=Link("Account", "BCP Soles - FA")).text
    summary = desk.ask("party.summary", customer=Link("Customer", "Constructora Los Álamos SAC"))
    assert summary.rows[0][0] == "Ferretería Andina"
    assert Decimal(summary.rows[0][1]) > 20000
    assert "Facturas de venta" in desk.ask("access.mine").text
    limited = make_desk("almacen").ask("access.mine").text
    assert "Órdenes de compra" in limited
    assert "Facturas de venta" not in limited


def test_sum_of_documents_equals_that_of_its_groups(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    whole = desk.ask("document.total", kind="Quotation", status="open")
    by_customer = desk.ask("document.total", kind="Quotation", by="customer", status="open")
    assert Decimal(whole.rows[0][1]).quantize(Decimal("0.01")) == sum(
        Decimal(row[1]) for row in by_customer.rows
    ).quantize(Decimal("0.01"))


def test_person_of_one_territory_sums_and_sees_only_its_own(make_desk: MakeDesk) -> None:
    everything = make_desk("vendedor").ask("document.total", kind="Quotation", by="customer")
    limited = make_desk("vendedor.cusco").ask("document.total", kind="Quotation", by="customer")
    mine = {row[0] for row in limited.rows}
    assert mine < {row[0] for row in everything.rows}
    territories = {
        one["customer_name"]: one["territory"]
        for one in make_desk("Administrator").erp.find("Customer", fields=("customer_name", "territory"), limit=200)
    }
    assert {territories[name] for name in mine} == {"Cusco"}


@pytest.mark.parametrize("said", ["adjunta esto a ACC-SINV-2026-00377.", "esto es de la factura 377"])
def test_number_inside_a_sentence_names_the_document(make_desk: MakeDesk, said: str) -> None:
    desk = make_desk("gerente")
    desk.context.files.data["f1"] = b"%PDF-"
    plan = desk.plan("document.attach", name=said, file="f1", filename="guia.pdf")
    assert plan.card.document.endswith("ACC-SINV-2026-00377")


def test_cash_is_what_the_ledger_says_of_bank_and_cash_accounts(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    shown = desk.ask("cash.balance")
    assert isinstance(shown, Table)
    accounts = [row[0] for row in shown.rows]
    entries = [("account", "in", accounts), ("is_cancelled", "=", 0), ("posting_date", "<=", "2026-11-20")]
    debit, credit = (
        Decimal(str(desk.erp.aggregate("GL Entry", Measure(function="sum", field=one), entries)[0]["value"]))
        for one in ("debit", "credit")
    )
    assert shown.totals is not None
    assert Decimal(str(shown.totals[1])) == debit - credit
    assert len(shown.rows) > 1


def test_cash_is_not_told_to_who_may_not_read_the_ledger(make_desk: MakeDesk) -> None:
    with pytest.raises(ErpNotPermitted):
        make_desk("vendedor").ask("cash.balance")


def test_open_tasks_are_the_persons_own_the_next_due_first(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    assigned = desk.ask("todo.mine").rows
    for text, day in (("hoy", None), ("después", date(2026, 12, 1)), ("antes", date(2026, 11, 25))):
        when = {"when": Period(day, day)} if day else {}  # the ERP takes today for none
        desk.do("todo.create", desk.plan("todo.create", text=text, **when))
    shown = desk.ask("todo.mine")
    assert isinstance(shown, Table)
    assert [row[0] for row in shown.rows if row not in assigned] == ["Hoy", "Antes", "Después"]
    others = make_desk("contador").ask("todo.mine")
    assert isinstance(others, Text) or not set(others.rows) & set(shown.rows)
