"""Balances of stock and of accounts."""

from __future__ import annotations

from demo_erp.site import COMPANY, Call


def get_stock_balance(call: Call) -> object:
    """The quantity of an item in a warehouse, on a date when one is given."""
    item, warehouse = call.arguments.get("item_code"), call.arguments.get("warehouse")
    day = call.arguments.get("posting_date") or call.site.today.isoformat()
    sql = (
        "SELECT sum(actual_qty) FROM `tabStock Ledger Entry`"
        " WHERE item_code = ? AND warehouse = ? AND posting_date <= ? AND is_cancelled = 0"
    )
    return float(call.store.value(sql, (item, warehouse, day)) or 0)


def get_balance_on(call: Call) -> object:
    """Debit minus credit of an account, or of a party in the company."""
    arguments = call.arguments
    day = arguments.get("date") or call.site.today.isoformat()
    conditions, values = ["posting_date <= ?", "is_cancelled = 0"], [day]
    if arguments.get("account"):
        conditions.append(
            "account IN (SELECT one.name FROM tabAccount AS one JOIN tabAccount AS top"
            " ON one.lft >= top.lft AND one.rgt <= top.rgt WHERE top.name = ?)"
        )
        values.append(arguments["account"])
    if arguments.get("party"):
        conditions += ["party_type = ?", "party = ?", "company = ?"]
        values += [arguments.get("party_type"), arguments["party"], arguments.get("company") or COMPANY]
    sql = " ".join(["SELECT sum(debit) - sum(credit) FROM `tabGL Entry` WHERE", " AND ".join(conditions)])
    return round(float(call.store.value(sql, values) or 0), 2)
