"""The rows of the ledger by either way: the database for those who may, else the ERP as the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from executor_service.connectors.protocol import Database, Row
from executor_service.erp.protocol import Erp, Filter
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Link, Period
from shared.errors import TooLarge

FIELDS = (
    "posting_date", "account", "party", "debit", "credit", "account_currency", "voucher_type", "voucher_no",
    "cost_center", "remarks",
)  # fmt: skip
MAX_REST_ROWS = 20_000
REST_PAGE = 1_000
MAX_TEXT = 32_000
"""A cell of a spreadsheet holds 32,767 characters."""


@dataclass(frozen=True, kw_only=True)
class LedgerWanted:
    """Which entries; those that were cancelled are never among them."""

    company: str
    period: Period
    account: Link | None = None
    party: Link | None = None

    def filters(self) -> list[Filter]:
        filters: list[Filter] = [
            ("company", "=", self.company),
            ("is_cancelled", "=", 0),
            ("posting_date", ">=", self.period.start.isoformat()),
            ("posting_date", "<=", self.period.end.isoformat()),
        ]
        filters += [("account", "=", self.account.name)] if self.account else []
        if self.party:
            filters += [("party_type", "=", self.party.doctype), ("party", "=", self.party.name)]
        return filters


@dataclass(frozen=True, kw_only=True)
class LedgerRows:
    """So many rows with the fields of FIELDS, by day; amounts in the company's currency."""

    count: int
    debit: Decimal
    credit: Decimal
    rows: Iterator[Sequence[Any]]


def open_ledger(context: ToolContext, wanted: LedgerWanted) -> AbstractContextManager[LedgerRows]:
    """The rows, to be read while the block lasts; raises TooLarge for more than the ERP's own interface should give."""
    return _from_database(context.database, wanted) if context.has_database else _from_erp(context.erp, wanted)


@contextmanager
def _from_database(database: Database, wanted: LedgerWanted) -> Iterator[LedgerRows]:
    where, values = _where(wanted.filters())
    with database.reading() as reading:
        sums = "COUNT(*) AS entries, COALESCE(SUM(debit), 0) AS debit, COALESCE(SUM(credit), 0) AS credit"
        (found,) = reading.rows(f"SELECT {sums} FROM `tabGL Entry` WHERE {where}", **values)  # noqa: S608  no values in it
        fields = ", ".join(f"LEFT({one}, {MAX_TEXT}) AS {one}" if one == "remarks" else one for one in FIELDS)
        rows = f"SELECT {fields} FROM `tabGL Entry` WHERE {where} ORDER BY posting_date, name"  # noqa: S608
        with reading.stream(rows, **values) as stream:
            yield LedgerRows(count=found["entries"], debit=found["debit"], credit=found["credit"], rows=iter(stream))


def _where(filters: Sequence[Filter]) -> tuple[str, Mapping[str, Any]]:
    """The filters as SQL with named parameters."""
    parts = [f"{field} {operator} :{field}_{place}" for place, (field, operator, _) in enumerate(filters)]
    return " AND ".join(parts), {f"{field}_{place}": value for place, (field, _, value) in enumerate(filters)}


@contextmanager
def _from_erp(erp: Erp, wanted: LedgerWanted) -> Iterator[LedgerRows]:
    filters = wanted.filters()
    count = erp.count("GL Entry", filters)
    if count > MAX_REST_ROWS:
        raise TooLarge(f"{count} rows are more than {MAX_REST_ROWS}")
    rows = list(chain.from_iterable(_page(erp, filters, start) for start in range(0, count, REST_PAGE)))
    yield LedgerRows(
        count=len(rows),
        debit=sum((Decimal(str(row[3])) for row in rows), Decimal(0)),
        credit=sum((Decimal(str(row[4])) for row in rows), Decimal(0)),
        rows=iter(rows),
    )


def _page(erp: Erp, filters: Sequence[Filter], start: int) -> list[Row]:
    found = erp.find(
        "GL Entry", filters, fields=FIELDS, order_by="posting_date asc, name asc", limit=REST_PAGE, start=start
    )
    return [_row(one) for one in found]


def _row(document: Mapping[str, Any]) -> Row:
    values = [document.get(field) for field in FIELDS]
    day = date.fromisoformat(str(values[0]))
    texts = [None if value is None else str(value)[:MAX_TEXT] for value in values[5:]]
    return (day, *values[1:3], float(values[3] or 0), float(values[4] or 0), *texts)
