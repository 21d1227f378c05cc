"""Quotations and orders by message: a draft with its goods, priced by the ERP."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Spoken
from executor_service.registry.semantic import ItemLines, Link, LinkTo
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Planned, Question
from executor_service.tools.cards import say
from executor_service.tools.goods import Good, read_goods, total_of
from executor_service.tools.inserting import inserting, plan_insert
from executor_service.tools.kinds import document_kinds
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.base import Json
from shared.contracts.results import Approval

DELIVERY_DAYS = 7
"""Days until delivery where none was said: ERPNext wants a date on orders."""

ForCustomer = Annotated[
    Link,
    LinkTo("Customer"),
    Field(description="For which customer."),
    Spoken(es=("cliente",), pt=("cliente",), en=("customer", "client")),
]
FromSupplier = Annotated[
    Link,
    LinkTo("Supplier"),
    Field(description="From which supplier."),
    Spoken(es=("proveedor",), pt=("fornecedor",), en=("supplier", "vendor")),
]
Items = Annotated[
    str,
    ItemLines(),
    Field(description="The goods with their quantities, e.g. `10 CON-001; 5 varillas a 28.50`: a price only if said."),
]
InDays = Annotated[int, Field(description="Days until delivery.", ge=0, le=730)]


def draft_box() -> Toolbox:
    """The tools `draft.quotation`, `draft.order`, `draft.invoice` and `draft.purchase`."""
    plans = (quotation, order, invoice, purchase)
    writing = inserting("done_draft")
    return said_box("draft", tuple(PlannedWrite(plan=one, writing=writing) for one in plans))


def quotation(context: ToolContext, customer: ForCustomer, items: Items) -> Planned:
    """Makes the draft of a quotation for a customer with the goods that are named; the ERP gives the prices."""
    values = {"quotation_to": "Customer", "party_name": customer.name, "transaction_date": context.today.isoformat()}
    return _planned(context, "Quotation", ("customer", customer), items, values)


def order(context: ToolContext, customer: ForCustomer, items: Items, delivery_days: InDays = DELIVERY_DAYS) -> Planned:
    """Makes the draft of a customer's sales order with the goods that are named; the ERP gives the prices."""
    delivery = (context.today + timedelta(days=delivery_days)).isoformat()
    values = {"customer": customer.name, "transaction_date": context.today.isoformat(), "delivery_date": delivery}
    return _planned(context, "Sales Order", ("customer", customer), items, values)


def invoice(context: ToolContext, customer: ForCustomer, items: Items) -> Planned:
    """Makes the draft of a sales invoice with the goods that are named. For one of an order use document.convert."""
    values = {"customer": customer.name, "posting_date": context.today.isoformat()}
    return _planned(context, "Sales Invoice", ("customer", customer), items, values)


def purchase(
    context: ToolContext, supplier: FromSupplier, items: Items, delivery_days: InDays = DELIVERY_DAYS
) -> Planned:
    """Makes the draft of a purchase order to a supplier with the goods that are named; the ERP gives the prices."""
    wanted = (context.today + timedelta(days=delivery_days)).isoformat()
    values = {"supplier": supplier.name, "transaction_date": context.today.isoformat(), "schedule_date": wanted}
    return _planned(context, "Purchase Order", ("supplier", supplier), items, values)


def _planned(context: ToolContext, doctype: str, party: tuple[str, Link], items: str, values: Json) -> Planned:
    role, link = party
    goods = read_goods(context, items, {role: link.name})
    if isinstance(goods, Question):
        return goods
    whole = {**values, "company": context.company, "items": [good.row() for good in goods]}
    field = "party_name" if doctype == "Quotation" else role
    mark = [(field, "=", link.name), ("docstatus", "=", 0)]
    return plan_insert(context, doctype, whole, card=_card(context, doctype, link.name, goods), mark=mark)


def _card(context: ToolContext, doctype: str, party: str, goods: list[Good]) -> Approval:
    total = total_of(goods)
    details = [good.said(context, context.currency) for good in goods]
    return Approval(
        action=say(context, "action_draft"),
        document=document_kinds()[doctype].one[context.language],
        party=party,
        amount=format(total, "f") if total is not None else None,
        currency=context.currency if total is not None else None,
        company=context.company or None,
        details=(*details, say(context, "draft_before_taxes" if total is not None else "draft_without_price")),
    )
