"""Single figures: prices, balances of accounts, what a party was billed and owes, sums of documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from executor_service.erp.protocol import Document, Filter, Measure
from executor_service.outputs import locales
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Link, LinkTo, Period, Quantity
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.cards import said_money, say
from executor_service.tools.cash import BALANCE_ON
from executor_service.tools.documents import CustomerLink, During, KindOf, StateOf, SupplierLink
from executor_service.tools.filters import Wanted
from executor_service.tools.kinds import document_kinds
from executor_service.tools.prices import list_price
from executor_service.tools.saying import said_box, state_words
from shared.contracts.results import Column, Table, Text
from shared.errors import InvalidArguments, ToolFailed

MAX_GROUPS = 50
By = Literal["customer", "supplier", "status"]


def price_box() -> Toolbox:
    """The tool `price.item`."""
    return said_box("price", (item,))


def account_box() -> Toolbox:
    """The tool `account.balance`."""
    return said_box("account", (balance,))


def party_box() -> Toolbox:
    """The tool `party.summary`."""
    return said_box("party", (summary,))


def item(
    context: ToolContext,
    item: Annotated[Link, LinkTo("Item"), Field(description="The item.")],
    customer: Annotated[Link | None, LinkTo("Customer"), Field(description="For which customer.")] = None,
    quantity: Annotated[Quantity | None, Field(description="For how many.")] = None,
) -> Text:
    """The selling price of one item, for a customer if one is named."""
    party = {"customer": customer.name} if customer is not None else {}
    price = list_price(context, item.name, Decimal(quantity or 1), party)
    if price.rate is None:
        raise ToolFailed(say(context, "price_none", item=price.name or item.name))
    head = f"*{price.name or item.name}* ({item.name})"
    said = said_money(context, str(price.rate), context.currency)
    lines = [head, f"{said} / {price.unit}" if price.unit else said, price.price_list]
    if customer is not None:
        lines.append(customer.name)
    return Text(text="\n".join(line for line in lines if line))


def balance(
    context: ToolContext,
    account: Annotated[Link, LinkTo("Account"), Field(description="The account, e.g. a bank or cash account.")],
    as_of: Annotated[Period | None, Field(description="On which day; today if none is said.")] = None,
) -> Text:
    """The balance of one account of the ledger on a day."""
    day = as_of.end if as_of is not None else context.today
    asked = {"account": account.name, "date": day.isoformat(), "company": context.company}
    found = context.erp.ask(BALANCE_ON, asked)
    amount = said_money(context, str(Decimal(str(found or 0))), context.currency)
    said_day = locales.day(day, context.language)
    return Text(
        text=say(context, "account_balance", account=account.name, amount=amount, day=said_day, company=context.company)
    )


def summary(context: ToolContext, customer: CustomerLink | None = None, supplier: SupplierLink | None = None) -> Table:
    """What one customer (or supplier) was billed this year and still owes, by company."""
    party = customer or supplier
    if party is None:
        raise InvalidArguments("a customer or a supplier", errors=({"where": "customer", "what": "required"},))
    doctype = "Sales Invoice" if party.doctype == "Customer" else "Purchase Invoice"
    mine: list[Filter] = [(party.doctype.lower(), "=", party.name), ("docstatus", "=", 1)]
    year: list[Filter] = [*mine, ("posting_date", ">=", date(context.today.year, 1, 1).isoformat())]
    billed = context.erp.aggregate(doctype, Measure(function="sum", field="base_grand_total"), year, group_by="company")
    owed = context.erp.aggregate(doctype, Measure(function="sum", field="outstanding_amount"), mine, group_by="company")
    unpaid = {one["company"]: one["value"] for one in owed}
    companies = list(dict.fromkeys([*(one["company"] for one in billed), *unpaid]))
    yearly = {one["company"]: one["value"] for one in billed}
    currency, billed_in = context.currency, say(context, "column_billed", year=context.today.year)
    columns = (
        Column(name="company", label=say(context, "column_company")),
        Column(name="billed", label=billed_in, type="money", currency=currency),
        Column(name="unpaid", label=say(context, "column_unpaid"), type="money", currency=currency),
    )
    rows = tuple((str(one), _figure(yearly.get(one)), _figure(unpaid.get(one))) for one in companies)
    title = f"{say(context, 'party_' + party.doctype.lower())}: {party.name}"
    return Table(title=title, columns=columns, rows=rows, label="company", measure="unpaid", row_count=len(rows))


def total(
    context: ToolContext,
    kind: KindOf,
    by: Annotated[By | None, Field(description="By whom or what to add up; left out, one sum.")] = None,
    customer: CustomerLink | None = None,
    supplier: SupplierLink | None = None,
    period: During | None = None,
    status: StateOf | None = None,
) -> Table:
    """How much the documents of one kind add up to, in all or by customer, supplier or state.

    For sales of a period use the sales reports: they leave out what is not submitted.
    """
    of = document_kinds()[kind]
    if not of.amount:
        raise InvalidArguments("these documents have no amount", errors=({"where": "kind", "what": "has no amount"},))
    parties = {"customer": customer, "supplier": supplier}
    wanted = Wanted(
        kind=of, parties=parties, period=period, status=status, company=context.company, today=context.today
    )
    field = {"customer": of.title, "supplier": of.title, "status": "status"}[by] if by else ""
    measure = Measure(function="sum", field=of.amount)
    rows = context.erp.aggregate(kind, measure, wanted.filters(), group_by=field, limit=MAX_GROUPS)
    return _totals(context, of.many[context.language], wanted.scope(context.language), field, rows)


def _totals(context: ToolContext, title: str, scope: str, field: str, rows: list[Document]) -> Table:
    columns = (
        Column(name="group", label=say(context, "column_title")),
        Column(name="value", label=say(context, "column_amount"), type="money", currency=context.currency),
    )
    cells = tuple((str(one.get(field) or title), _figure(one["value"])) for one in rows)
    return Table(
        title=title, columns=columns, rows=cells, scope=scope, label="group", measure="value", row_count=len(cells)
    )


def total_box() -> Toolbox:
    """The tool `document.total`."""
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}, "status": state_words()}
    return said_box("document", (total,), {**words, "by": _by_words()})


def _by_words() -> dict[str, dict[Any, tuple[str, ...]]]:
    return {
        "customer": {"es": ("por cliente",), "pt": ("por cliente",), "en": ("by customer", "per customer")},
        "supplier": {"es": ("por proveedor",), "pt": ("por fornecedor",), "en": ("by supplier", "per supplier")},
        "status": {"es": ("por estado",), "pt": ("por situação",), "en": ("by status", "per status")},
    }


def _figure(value: Any) -> str:
    return format(Decimal(str(value or 0)), "f")
