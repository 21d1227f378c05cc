"""Stock Ageing: how long what is in stock has been there, first in, first out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.reports.fifo import Slot, Stocks
from demo_erp.reports.item_filters import item_conditions
from demo_erp.store import Row

_DESCRIBED = ("item_name", "description", "item_group", "brand")


def report() -> Report:
    """The report and who may run it."""
    return Report("Stock Ageing", ("Stock User", "Stock Manager"), _run)


def _run(run: ReportCall) -> Answer:
    if run.filters.get("show_warehouse_wise_stock"):
        raise run.call.refuse("feature_not_served", feature="Stock Ageing: show_warehouse_wise_stock")
    last, limits = run.day("to_date") or run.call.site.today, _limits(run)
    stocks, rates, items = Stocks(), dict[tuple[str, str], float](), dict[str, Row]()
    for entry in _entries(run, last.isoformat()):
        stocks.move(entry)
        items[entry["item_code"]] = entry
        rates[entry["item_code"], entry["warehouse"]] = entry["valuation_rate"]
    rate_of = {item: rate for (item, _), rate in rates.items()}
    rows = [_row(items[item], stocks.slots(item), rate_of[item], last, limits) for item in items if stocks.slots(item)]
    kept = [row for row in rows if round(row["qty"], 3)]
    return Answer(_columns(run, limits), sorted(kept, key=lambda row: -float(row["average_age"])))


def _limits(run: ReportCall) -> list[int]:
    return [int(limit) for limit in str(run.filters.get("range") or "30, 60, 90").split(",")]


def _entries(run: ReportCall, last: str) -> list[Row]:
    conditions, values = ["s.is_cancelled = 0", "s.company = ?", "s.posting_date <= ?"], [run.company, last]
    chosen, wanted = item_conditions(run, {"item_code": "s.item_code", "brand": "i.brand"}, "s.warehouse")
    conditions += chosen
    values += wanted
    parts = [
        "SELECT s.*, i.item_name, i.description, i.item_group, i.brand, i.stock_uom AS uom, i.valuation_method",
        "FROM `tabStock Ledger Entry` AS s JOIN tabItem AS i ON i.name = s.item_code WHERE",
        " AND ".join(conditions),
        "ORDER BY s.posting_datetime, s.creation, s.actual_qty",
    ]
    return run.rows(" ".join(parts), values)


def _row(item: Row, slots: Sequence[Slot], rate: float, last: date, limits: Sequence[int]) -> Row:
    aged = [((last - slot.day).days, slot) for slot in slots]
    oldest, newest = aged[0][0], aged[-1][0]
    total = sum(slot.quantity for slot in slots)
    average = round(sum(age * slot.quantity for age, slot in aged) / total, 2) if total else 0.0
    row: dict[str, Any] = {"item_code": item["item_code"], **{name: item[name] for name in _DESCRIBED}}
    row |= {"qty": total, "average_age": average}
    lows, highs = [-1, *limits], [*limits, max(oldest, *limits)]
    for place, (low, high) in enumerate(zip(lows, highs, strict=True), 1):
        found = [slot for age, slot in aged if low < age <= high]
        quantity = sum((slot.quantity for slot in found), 0.0)
        # The company's method is the moving average, unless an item has its own: then one rate holds for all ages.
        value = sum((slot.value for slot in found), 0.0) if item["valuation_method"] == "FIFO" else quantity * rate
        row |= {f"range{place}": quantity, f"range{place}value": value}
    return row | {"earliest": oldest, "latest": newest, "uom": item["uom"]}


def _columns(run: ReportCall, limits: Sequence[int]) -> list[Column]:
    age = run.call.site.texts[run.call.language].get("column_Age", "Age")
    lows = [0, *(limit + 1 for limit in limits)]
    ranges: list[Column] = []
    for place, (low, high) in enumerate(zip(lows, [*map(str, limits), "Above"], strict=True), 1):
        ranges.append(run.column(f"{age} ({low} - {high})", f"range{place}", "Float", None, 140))
        ranges.append(run.column(f"Value ({low} - {high})", f"range{place}value", "Float", None, 140))
    return [
        run.column("Item Code", "item_code", "Link", "Item", 100),
        run.column("Item Name", "item_name", "Data", None, 100),
        run.column("Description", "description", "Data", None, 200),
        run.column("Item Group", "item_group", "Link", "Item Group", 100),
        run.column("Brand", "brand", "Link", "Brand", 100),
        run.column("Available Qty", "qty", "Float", None, 100),
        run.column("Average Age", "average_age", "Float", None, 100),
        *ranges,
        run.column("Earliest", "earliest", "Int", None, 80),
        run.column("Latest", "latest", "Int", None, 80),
        run.column("UOM", "uom", "Link", "UOM", 100),
    ]
