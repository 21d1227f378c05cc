"""What Gross Profit shows for each way of grouping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from demo_erp.reports.base import Column, ReportCall
from demo_erp.store import Row


@dataclass(frozen=True)
class Group:
    """One grouping: the key of a line, and the fields that describe the group, shown name to source."""

    key: str
    fields: Mapping[str, str] = field(default_factory=dict)
    with_rates: bool = True
    with_allocated: bool = False


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "Item Code": Group(
            "item_code",
            {"item_code": "item_code", "item_name": "item_name", "marca": "brand", "description": "description"},
        ),
        "Customer": Group("customer", {"customer": "customer", "customer_group": "customer_group"}),
        "Customer Group": Group("customer_group", {"customer_group": "customer_group"}),
        "Item Group": Group("item_group", {"item_group": "item_group"}),
        "Territory": Group("territory", {"territory": "territory"}, with_rates=False),
        "Sales Person": Group("sales_person", {"sales_person": "sales_person"}, with_allocated=True),
        "Monthly": Group("month", {"monthly": "month"}),
    }
)


def columns_for(run: ReportCall, group_by: str) -> list[Column]:
    """The columns of a grouping."""
    if group_by == "Invoice":
        return _invoice_columns(run)
    group = GROUPS[group_by]
    columns = [_described(run, name) for name in group.fields]
    if group.with_allocated:
        columns.append(run.column("Allocated Amount", "allocated_amount", "Currency", "currency", 100))
    if group.with_rates:
        columns += _rate_columns(run)
    return [*columns, *_amount_columns(run), _currency(run)]


def profit(selling: float, buying: float) -> Row:
    """The amounts of a row, with the profit in money and in percent of the sales."""
    gained = round(selling - buying, 2)
    return {
        "selling_amount": selling,
        "buying_amount": buying,
        "gross_profit": gained,
        "gross_profit_%": round(gained / selling * 100, 3) if selling else 0.0,
    }


def _described(run: ReportCall, name: str) -> Column:
    known = {
        "item_code": ("Item Code", "Link", "Item"),
        "item_name": ("Item Name", "Data", None),
        "marca": ("Brand", "Link", "Brand"),
        "description": ("Description", "Data", None),
        "customer": ("Customer", "Link", "Customer"),
        "customer_group": ("Customer Group", "Link", "Customer Group"),
        "item_group": ("Item Group", "Link", "Item Group"),
        "territory": ("Territory", "Link", "Territory"),
        "sales_person": ("Sales Person", "Link", "Sales Person"),
        "monthly": ("Monthly", "Data", None),
    }
    label, fieldtype, options = known[name]
    return run.column(label, name, fieldtype, options, 100)


def _invoice_columns(run: ReportCall) -> list[Column]:
    return [
        # ERPNext names this column in English and by its target's first word, and its width is text.
        {
            "label": "Sales Invoice",
            "fieldname": "sales_invoice",
            "fieldtype": "Link",
            "options": "Item",
            "width": "300",
        },
        _described(run, "customer"),
        _described(run, "customer_group"),
        run.column("Posting Date", "posting_date", "Date"),
        _described(run, "item_group"),
        _described(run, "marca"),
        _described(run, "description"),
        run.column("Warehouse", "warehouse", "Link", "Warehouse", 100),
        *_rate_columns(run),
        *_amount_columns(run),
        run.column("Project", "project", "Link", "Project", 140),
        _currency(run),
    ]


def _rate_columns(run: ReportCall) -> list[Column]:
    return [
        run.column("Qty", "qty", "Float", None, 80),
        run.column("Avg. Selling Rate", "avg._selling_rate", "Currency", "currency", 100),
        run.column("Valuation Rate", "valuation_rate", "Currency", "currency", 100),
    ]


def _amount_columns(run: ReportCall) -> list[Column]:
    return [
        run.column("Selling Amount", "selling_amount", "Currency", "currency", 100),
        run.column("Buying Amount", "buying_amount", "Currency", "currency", 100),
        run.column("Gross Profit", "gross_profit", "Currency", "currency", 100),
        run.column("Gross Profit Percent", "gross_profit_%", "Percent", None, 100),
    ]


def _currency(run: ReportCall) -> Column:
    return run.column("Currency", "currency", "Link", "Currency", None) | {"hidden": 1}
