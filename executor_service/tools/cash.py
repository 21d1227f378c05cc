"""What is in the company's bank and cash accounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from executor_service.outputs import locales
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Period
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.cards import say
from executor_service.tools.saying import said_box
from shared.contracts.results import Column, Table, Text

BALANCE_ON = "erpnext.accounts.utils.get_balance_on"
MAX_ACCOUNTS = 50


def cash_box() -> Toolbox:
    """The tool `cash.balance`."""
    return said_box("cash", (balance,))


def balance(
    context: ToolContext,
    as_of: Annotated[Period | None, Field(description="On which day; today if none is said.")] = None,
) -> Table | Text:
    """What is in each bank and cash account of the company on a day, in its currency, and in all of them together."""
    day = as_of.end if as_of is not None else context.today
    held = cash_held(context, day)
    scope = " · ".join((context.company, locales.day(day, context.language)))
    if not held:
        return Text(text=say(context, "cash_no_accounts", company=context.company))
    columns = (
        Column(name="account", label=say(context, "column_account"), type="link", options="Account"),
        Column(name="balance", label=say(context, "column_balance"), type="money", currency=context.currency),
    )
    ranked = sorted(held.items(), key=lambda one: -one[1])
    return Table(
        title=say(context, "cash_title"),
        scope=scope,
        columns=columns,
        rows=tuple((name, format(amount, "f")) for name, amount in ranked),
        totals=(say(context, "cash_total"), format(sum(held.values(), Decimal()), "f")),
        label="account",
        measure="balance",
        row_count=len(held),
    )


def cash_held(context: ToolContext, day: date) -> dict[str, Decimal]:
    """The balance of each bank and cash account on a day, in the company's currency.

    Only for who may read the ledger: ERPNext tells the balance of an account to whoever may read its name.
    """
    context.erp.find("GL Entry", limit=1)
    accounts = context.erp.find(
        "Account",
        [("company", "=", context.company), ("account_type", "in", ["Bank", "Cash"]), ("is_group", "=", 0)],
        limit=MAX_ACCOUNTS,
    )
    return {str(one["name"]): _balance(context, str(one["name"]), day) for one in accounts}


def _balance(context: ToolContext, account: str, day: date) -> Decimal:
    asked = {"account": account, "date": day.isoformat(), "company": context.company, "in_account_currency": 0}
    return Decimal(str(context.erp.ask(BALANCE_ON, asked) or 0))
