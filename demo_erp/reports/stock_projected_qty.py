"""Stock Projected Qty: what is there, reserved and on its way, per item and warehouse."""

from __future__ import annotations

from typing import Any

from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.reports.item_filters import item_conditions
from demo_erp.store import Row

_QUANTITIES = (
    "actual_qty",
    "planned_qty",
    "indented_qty",
    "ordered_qty",
    "reserved_qty",
    "reserved_qty_for_production",
    "reserved_qty_for_production_plan",
    "reserved_qty_for_sub_contract",
    "projected_qty",
)
_LABELS = {
    "actual_qty": "Actual Qty",
    "planned_qty": "Planned Qty",
    "indented_qty": "Requested Qty",
    "ordered_qty": "Ordered Qty",
    "reserved_qty": "Reserved Qty",
    "reserved_qty_for_production": "Reserved for Production",
    "reserved_qty_for_production_plan": "Reserved for Production Plan",
    "reserved_qty_for_sub_contract": "Reserved for Sub Contracting",
    "reserved_qty_for_pos": "Reserved for POS Transactions",
    "projected_qty": "Projected Qty",
    "re_order_level": "Reorder Level",
    "re_order_qty": "Reorder Qty",
    "shortage_qty": "Shortage Qty",
}


def report() -> Report:
    """The report and who may run it."""
    roles = ("Sales User", "Purchase User", "Stock User", "Stock Manager", "Purchase Manager", "Sales Manager")
    return Report("Stock Projected Qty", roles, _run)


def _run(run: ReportCall) -> Answer:
    levels = {
        (row["parent"], row["warehouse"]): row
        for row in run.rows(
            "SELECT parent, warehouse, warehouse_reorder_level, warehouse_reorder_qty FROM `tabItem Reorder`", []
        )
    }
    return Answer(_columns(run), [_row(held, levels) for held in _bins(run)])


def _bins(run: ReportCall) -> list[Row]:
    conditions = ["i.disabled = 0", "i.is_stock_item = 1"]
    values: list[Any] = []
    chosen, wanted = item_conditions(
        run, {"item_code": "b.item_code", "item_group": "i.item_group", "brand": "i.brand"}, "b.warehouse"
    )
    conditions += chosen
    values += wanted
    parts = [
        "SELECT b.*, i.item_name, i.description, i.item_group, i.brand, i.stock_uom AS unit FROM tabBin AS b",
        "JOIN tabItem AS i ON i.name = b.item_code WHERE",
        " AND ".join(conditions),
        "ORDER BY b.item_code, b.warehouse",
    ]
    return run.rows(" ".join(parts), values)


def _row(held: Row, levels: dict[tuple[str, str], Row]) -> Row:
    level = levels.get((held["item_code"], held["warehouse"]), {})
    wanted, quantity = level.get("warehouse_reorder_level", 0), level.get("warehouse_reorder_qty", 0)
    short = wanted - held["projected_qty"] if wanted and held["projected_qty"] < wanted else 0
    described = ("item_code", "item_name", "description", "item_group", "brand", "warehouse")
    return {
        **{name: held[name] for name in described},
        "stock_uom": held["unit"],
        **{name: held[name] for name in _QUANTITIES},
        "reserved_qty_for_pos": 0.0,
        "re_order_level": wanted,
        "re_order_qty": quantity,
        "shortage_qty": short,
    }


def _columns(run: ReportCall) -> list[Column]:
    widths = {"indented_qty": 110}
    return [
        run.column("Item Code", "item_code", "Link", "Item", 140),
        run.column("Item Name", "item_name", None, None, 100),
        run.column("Description", "description", None, None, 200),
        run.column("Item Group", "item_group", "Link", "Item Group", 100),
        run.column("Brand", "brand", "Link", "Brand", 100),
        run.column("Warehouse", "warehouse", "Link", "Warehouse"),
        run.column("UOM", "stock_uom", "Link", "UOM", 100),
        *(
            run.column(label, name, "Float", None, widths.get(name, 100)) | {"convertible": "qty"}
            for name, label in _LABELS.items()
        ),
    ]
