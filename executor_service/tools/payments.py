"""Registering a payment for an invoice, as a draft that the ERP prepares."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Spoken
from executor_service.registry.semantic import Money
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Planned, Question
from executor_service.tools.cards import card, currency_of, said_money, say
from executor_service.tools.copying import copied
from executor_service.tools.inserting import inserting, plan_insert
from executor_service.tools.kinds import document_kinds
from executor_service.tools.lifecycle import KindOf, NameOf
from executor_service.tools.reference import find_document
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.results import Choice
from shared.errors import ContractBroken, InvalidArguments, ToolFailed

_PAYMENT_OF = "erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry"
PAID = ("Sales Invoice", "Purchase Invoice")


def payment_box() -> Toolbox:
    """The tool `payment.register`."""
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}}
    return said_box("payment", (PlannedWrite(plan=register, writing=inserting("done_draft")),), words)


def register(
    context: ToolContext,
    name: NameOf,
    amount: Annotated[
        Money | None,
        Field(description="How much was paid; left out, all that is still owed."),
        Spoken(es=("monto", "importe"), pt=("valor", "montante"), en=("amount",)),
    ] = None,
    kind: KindOf = None,
    mode: Annotated[
        str, Field(description="Mode of payment exactly as in the ERP, e.g. Efectivo; empty if none.")
    ] = "",
    reference: Annotated[str, Field(description="Number of the bank operation or cheque; empty if none.")] = "",
) -> Planned:
    """Registers a payment that was received or made for one invoice, as a draft."""
    found = find_document(context, name, kind if kind in PAID else None)
    if isinstance(found, Choice):
        return Question(choice=found)
    of, invoice = found
    owed = Decimal(str(invoice.get("outstanding_amount") or 0))
    if of.doctype not in PAID or owed <= 0 or invoice.get("docstatus") != 1:
        raise ToolFailed(say(context, "payment_nothing_owed", document=invoice["name"]))
    paid = Decimal(amount) if amount is not None else owed
    if paid <= 0 or paid > owed:
        limit = said_money(context, str(owed), currency_of(invoice, context))
        what = say(context, "payment_too_much", document=invoice["name"], owed=limit)
        raise ToolFailed(what)
    values = _values(context, of.doctype, invoice["name"], paid)
    values |= {"mode_of_payment": mode.strip()} if mode.strip() else {}
    values |= {
        "reference_no": reference.strip() or invoice["name"],
        "reference_date": context.today.isoformat(),
    }
    shown = card(context, of, {**invoice, "grand_total": float(paid)}, say(context, "action_payment"))
    mark = [("party", "=", values["party"]), ("docstatus", "=", 0), ("paid_amount", "=", values["paid_amount"])]
    return plan_insert(context, "Payment Entry", values, card=shown, mark=mark)


def _values(context: ToolContext, doctype: str, name: str, paid: Decimal) -> dict[str, object]:
    """The ERP's own draft with the amount that was paid."""
    made = context.erp.ask(_PAYMENT_OF, {"dt": doctype, "dn": name})
    if not isinstance(made, dict) or not isinstance(made.get("references"), list):
        raise ContractBroken("the payment's draft is no document")
    if len(made["references"]) != 1:
        raise InvalidArguments("payments in several terms are made in the ERP")
    values = copied(made)
    values["references"][0]["allocated_amount"] = float(paid)
    amounts = ("paid_amount", "received_amount", "base_paid_amount", "base_received_amount")
    return {**values, **dict.fromkeys(amounts, float(paid))}
