"""Long lists, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shared.errors import ContractBroken

PAGE_ROWS = 500
MAX_ROWS = 100_000

Rows = list[Mapping[str, Any]]


def read_pages(read: Callable[[int, int], Rows], *, start: int, limit: int) -> Rows:
    """At most `limit` rows from `start` on; `read` takes a start and a number of rows.

    Raises ContractBroken when a page comes twice, which without a check would never end, and for more than MAX_ROWS.
    """
    if limit > MAX_ROWS:
        raise ContractBroken(f"lists end at {MAX_ROWS} rows")
    rows: Rows = []
    previous: Rows = []
    while len(rows) < limit:
        asked = min(PAGE_ROWS, limit - len(rows))
        page = read(start + len(rows), asked)[:asked]
        if page and page == previous[: len(page)]:
            raise ContractBroken("the ERP sends the same page again")
        rows += page
        previous = page
        if len(page) < asked:
            break
    return rows


def total_order(doctype: str, order_by: str) -> str:
    """An order without ties, so that rows neither repeat nor are missed between two pages."""
    by_name = f"`tab{doctype}`.`name` asc"
    return f"{order_by}, {by_name}" if order_by.strip() else f"`tab{doctype}`.`modified` desc, {by_name}"
