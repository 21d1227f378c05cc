"""What a report gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from demo_erp.permissions import allowed_values
from demo_erp.site import COMPANY, Call
from demo_erp.store import Row, quoted

Column = dict[str, Any]


@dataclass(frozen=True)
class ReportCall:
    """One run. `customers` are those whom the caller may see; None means all."""

    call: Call
    filters: Mapping[str, Any]
    customers: frozenset[str] | None

    @property
    def company(self) -> str:
        """The company asked for, or the only one."""
        return str(self.filters.get("company") or COMPANY)

    def column(
        self,
        label: str,
        fieldname: str,
        fieldtype: str | None = None,
        options: str | None = None,
        width: int | None = 120,
    ) -> Column:
        """A column whose label is a key of the texts, or a name that is the same in every language."""
        column = self.full_column(label, fieldname, fieldtype, options, width)
        return {key: value for key, value in column.items() if value is not None}

    def full_column(
        self,
        label: str,
        fieldname: str,
        fieldtype: str | None = None,
        options: str | None = None,
        width: int | None = 120,
    ) -> Column:
        """A column that says null where it has nothing to say, as some reports do."""
        text = self.call.site.texts[self.call.language].get(f"column_{label}", label)
        return {
            "label": text,
            "fieldname": fieldname,
            "fieldtype": fieldtype,
            "options": options,
            "width": width,
        }

    def day(self, name: str) -> date | None:
        """A date of the filters."""
        value = self.filters.get(name)
        return date.fromisoformat(str(value)[:10]) if value else None

    def period(self) -> tuple[date, date]:
        """`from_date` and `to_date`. Raises the recorded 417 when one is missing."""
        first, last = self.day("from_date"), self.day("to_date")
        if first is None or last is None:
            say = self.call.say
            raise self.call.refuse("filters_required", from_erpnext=True, first=say("from_date"), second=say("to_date"))
        return first, last

    def rows(self, sql: str, values: list[Any]) -> list[Row]:
        """Rows of the data."""
        return self.call.store.rows(sql, values)

    def wanted(self, name: str) -> list[str]:
        """A filter of one or several values as a list; empty for none."""
        value = self.filters.get(name)
        if value in (None, "", []):
            return []
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]

    def may_see(self, customer: object) -> bool:
        """Whether the caller's User Permissions allow a customer."""
        return self.customers is None or customer in self.customers


@dataclass(frozen=True)
class Answer:
    """Columns and rows; `skip_total_row` where the rows are a tree with totals of its own.

    Financial statements put a figure there, and their main figures in a summary.
    """

    columns: list[Column]
    rows: list[Row]
    skip_total_row: float = False
    summary: list[dict[str, Any]] | None = None


@dataclass(frozen=True)
class Report:
    """One report: its name, the roles that may run it, and how."""

    name: str
    roles: tuple[str, ...]
    run: Callable[[ReportCall], Answer]


def below(column: str, doctype: str, count: int) -> str:
    """The condition that a column names one of `count` groups of a tree, or something below them."""
    table = quoted(f"tab{doctype}")
    marks = ", ".join("?" * count)
    inner = ["SELECT one.name FROM", table, "AS one JOIN", table, "AS top ON one.lft >= top.lft"]
    return " ".join([column, "IN (", *inner, f"AND one.rgt <= top.rgt WHERE top.name IN ({marks}))"])


def visible_customers(call: Call) -> frozenset[str] | None:
    """The customers in the caller's territories, None for callers without a limit.

    Frappe filters the finished rows by their link columns; here the data is filtered before, so that
    sums of limited people never contain what they may not see.
    """
    territories = allowed_values(call).get("Territory")
    if call.is_administrator or territories is None:
        return None
    marks = ", ".join("?" * len(territories))
    sql = " ".join(["SELECT name FROM tabCustomer WHERE territory IN", f"({marks})"])
    return frozenset(row["name"] for row in call.store.rows(sql, territories))
