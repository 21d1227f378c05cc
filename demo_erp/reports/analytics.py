"""Value or quantity of transactions by party, item or group over time. Base of two reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from demo_erp.reports.base import Answer, Column, ReportCall
from demo_erp.reports.periods import Period, find_period, split
from demo_erp.store import Row, quoted

_TREES = {
    "Territory": "parent_territory",
    "Customer Group": "parent_customer_group",
    "Item Group": "parent_item_group",
}
_BY_ROW = ("Item", "Item Group")
_POSTED = ("Sales Invoice", "Delivery Note", "Purchase Invoice", "Purchase Receipt")


@dataclass(frozen=True)
class Kind:
    """Sales or purchases: the party, the trees to add up by, and the documents to look at.

    The first document is looked at when the filters name none.
    """

    report: str
    party: str
    trees: tuple[str, ...]
    doctypes: tuple[str, ...]


def analyze(run: ReportCall, kind: Kind) -> Answer:
    """The rows of the report, a tree with its own totals for groups."""
    first, last = run.period()
    words = (run.call.say("word_week"), run.call.say("word_quarter"))
    periods = split(first, last, str(run.filters.get("range") or "Monthly"), words)
    tree_type = str(run.filters.get("tree_type") or kind.party)
    if tree_type not in (kind.party, "Item", *kind.trees):
        raise run.call.refuse("feature_not_served", feature=f"{kind.report}: {tree_type}")
    entries = [
        entry
        for entry in _entries(run, kind, tree_type, first, last)
        if kind.party == "Supplier" or run.may_see(entry["party"])
    ]
    columns = _columns(run, tree_type, periods)
    sums = _sums(entries, periods)
    if tree_type in kind.trees:
        return Answer(columns, _tree_rows(run, tree_type, sums, periods), skip_total_row=True)
    return Answer(columns, _flat_rows(tree_type, entries, sums, periods))


def _entries(run: ReportCall, kind: Kind, tree_type: str, first: date, last: date) -> list[Row]:
    doctype = str(run.filters.get("doc_type") or kind.doctypes[0])
    if doctype not in kind.doctypes:
        raise run.call.refuse("feature_not_served", feature=f"{kind.report}: {doctype}")
    by_quantity = run.filters.get("value_quantity") == "Quantity"
    day = "posting_date" if doctype in _POSTED else "transaction_date"
    party = "party_name" if doctype == "Quotation" else kind.party.lower()
    if tree_type in _BY_ROW:
        quantity = "stock_qty" if tree_type == "Item" else "qty"
        entity = "i.item_code" if tree_type == "Item" else "i.item_group"
        shown = f"{entity} AS entity, i.item_name AS entity_name, i.stock_uom, i." + (
            quantity if by_quantity else "base_net_amount"
        )
        source = f"{quoted(f'tab{doctype} Item')} AS i JOIN {quoted('tab' + doctype)} AS s ON s.name = i.parent"
    else:
        entity = {kind.party: f"s.{party}", "Territory": "s.territory"}.get(tree_type, "s.customer_group")
        shown = f"{entity} AS entity, s.{kind.party.lower()}_name AS entity_name, s." + (
            "total_qty" if by_quantity else "base_net_total"
        )
        source = f"{quoted('tab' + doctype)} AS s"
    where = f"WHERE s.docstatus = 1 AND s.company = ? AND s.{day} BETWEEN ? AND ?"
    columns = f"{shown} AS amount, s.{day} AS day, s.{party} AS party"
    sql = " ".join(["SELECT", columns, "FROM", source, where, f"ORDER BY s.{day}, s.name"])
    return run.rows(sql, [run.company, first.isoformat(), last.isoformat()])


def _sums(entries: list[Row], periods: list[Period]) -> dict[Any, dict[str, float]]:
    sums: dict[Any, dict[str, float]] = {}
    for entry in entries:
        period = find_period(periods, date.fromisoformat(entry["day"]))
        sums.setdefault(entry["entity"], defaultdict(float))[period.fieldname] += entry["amount"] or 0.0
    return sums


def _flat_rows(
    tree_type: str, entries: list[Row], sums: dict[Any, dict[str, float]], periods: list[Period]
) -> list[Row]:
    described = {entry["entity"]: entry for entry in reversed(entries)}
    rows = []
    for entity, amounts in sums.items():
        row: Row = {"entity": entity, "entity_name": described[entity]["entity_name"]}
        row |= _cells(amounts, periods)
        if tree_type == "Item":
            row["stock_uom"] = described[entity]["stock_uom"]
        rows.append(row)
    return rows


def _tree_rows(run: ReportCall, tree_type: str, sums: dict[Any, dict[str, float]], periods: list[Period]) -> list[Row]:
    """One row per group, each with the sums of those below it; the deepest are added up first."""
    columns = f"SELECT name, {_TREES[tree_type]} AS parent FROM"
    sql = " ".join([columns, quoted(f"tab{tree_type}"), "ORDER BY lft"])
    groups = run.rows(sql, [])
    depth: dict[str, int] = {}
    for group in groups:
        depth[group["name"]] = depth[group["parent"]] + 1 if group["parent"] else 0
    for group in reversed(groups):
        for fieldname, amount in list(sums.get(group["name"], {}).items()):
            if group["parent"]:
                sums.setdefault(group["parent"], defaultdict(float))[fieldname] += amount
    return [
        {"entity": group["name"], "indent": depth[group["name"]]} | _cells(sums.get(group["name"], {}), periods)
        for group in groups
    ]


def _cells(amounts: dict[str, float], periods: list[Period]) -> Row:
    cells = {period.fieldname: amounts.get(period.fieldname, 0.0) for period in periods}
    return cells | {"total": sum(cells.values())}


def _columns(run: ReportCall, tree_type: str, periods: list[Period]) -> list[Column]:
    columns = [run.column(tree_type, "entity", "Link", tree_type, 140)]
    if tree_type not in _TREES:
        columns.append(run.column(f"{tree_type} Name", "entity_name", "Data", None, 140))
    if tree_type == "Item":
        columns.append(run.column("UOM", "stock_uom", "Link", "UOM", 100))
    columns += [run.column(period.label, period.fieldname, "Float") for period in periods]
    return [*columns, run.column("Total", "total", "Float")]
