"""Gross Profit: sales against the cost of what was delivered, by invoice, item, customer and so on."""

from __future__ import annotations

from demo_erp.reports.base import Answer, Report, ReportCall
from demo_erp.reports.gross_profit_columns import GROUPS, columns_for, profit
from demo_erp.reports.gross_profit_data import sold_lines
from demo_erp.store import Row


def report() -> Report:
    """The report and who may run it."""
    return Report("Gross Profit", ("Accounts Manager", "Accounts User"), _run)


def _run(run: ReportCall) -> Answer:
    group_by = str(run.filters.get("group_by") or "Invoice")
    if group_by != "Invoice" and group_by not in GROUPS:
        raise run.call.refuse("feature_not_served", feature=f"Gross Profit: {group_by}")
    first, last = run.period()
    lines = [line for line in sold_lines(run, first.isoformat(), last.isoformat()) if run.may_see(line["customer"])]
    columns = columns_for(run, group_by)
    rows = _by_invoice(lines) if group_by == "Invoice" else _grouped(lines, group_by)
    if not rows:
        return Answer(columns, [])
    return Answer(columns, [*rows, _total(run, group_by, lines)])


def _by_invoice(lines: list[Row]) -> list[Row]:
    invoices: dict[str, list[Row]] = {}
    for line in lines:
        invoices.setdefault(line["invoice"], []).append(line)
    rows: list[Row] = []
    for invoice in sorted(invoices, key=lambda name: (invoices[name][0]["posting_date"], name), reverse=True):
        own = invoices[invoice]
        rows.append(_invoice_row(own[0], own))
        rows += [_item_row(line) for line in own]
    return rows


def _invoice_row(line: Row, own: list[Row]) -> Row:
    empty = ("item_code", "item_name", "item_group", "brand", "description", "warehouse")
    blank = dict.fromkeys((*empty, "qty", "avg._selling_rate", "valuation_rate"))
    head = {"indent": 0.0, "parent_invoice": "", "currency": "PEN", "sales_invoice": line["invoice"]}
    return head | _party(line) | blank | _amounts(own) | {"project": None}


def _item_row(line: Row) -> Row:
    kept = ("item_code", "item_name", "item_group", "brand", "description", "warehouse", "qty")
    return {
        "indent": 1.0,
        "parent_invoice": line["invoice"],
        "currency": "PEN",
        "sales_invoice": line["item_code"],
        **_party(line),
        **{name: line[name] for name in kept},
        **_rates([line]),
        **_amounts([line]),
        "project": line["project"],
    }


def _party(line: Row) -> Row:
    return {name: line[name] for name in ("customer", "customer_group", "customer_name", "posting_date")}


def _grouped(lines: list[Row], group_by: str) -> list[Row]:
    group = GROUPS[group_by]
    found: dict[object, list[Row]] = {}
    for line in lines:
        found.setdefault(line[group.key], []).append(line)
    rows = []
    for own in found.values():
        row: Row = {shown: own[0][source] for shown, source in group.fields.items()}
        if group.with_allocated:
            row["allocated_amount"] = sum(line["allocated_amount"] for line in own)
        if group.with_rates:
            row |= {"qty": sum(line["qty"] for line in own)} | _rates(own)
        rows.append(row | _amounts(own) | {"currency": "PEN"})
    return rows


def _rates(own: list[Row]) -> Row:
    quantity = sum(line["qty"] for line in own)
    selling, buying = sum(line["selling"] for line in own), sum(line["buying"] for line in own)
    return {
        "avg._selling_rate": round(selling / quantity, 3) if quantity else 0.0,
        "valuation_rate": round(buying / quantity, 3) if quantity else 0.0,
    }


def _amounts(own: list[Row]) -> Row:
    return profit(sum(line["selling"] for line in own), sum(line["buying"] for line in own))


def _total(run: ReportCall, group_by: str, lines: list[Row]) -> Row:
    label = run.call.say("total")
    blank = dict.fromkeys(("qty", "avg._selling_rate", "valuation_rate"))
    if group_by == "Invoice":
        return {"sales_invoice": label} | blank | _amounts(lines)
    names = [column["fieldname"] for column in columns_for(run, group_by)]
    row: Row = dict.fromkeys(names)
    return row | {names[0]: label} | _amounts(lines)
