"""The answer of `frappe.desk.query_report.run`, brought to one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from executor_service.erp.plain import plain_text
from executor_service.erp.protocol import ReportAnswer, ReportColumn, ReportNotReady
from shared.errors import ContractBroken

MAX_REPORT_MESSAGES = 10


def report_answer(message: object) -> ReportAnswer:
    """Columns, rows by fieldname and the total row.

    Raises ReportNotReady when the ERP has to prepare the report first, ContractBroken for a strange answer.
    """
    if not isinstance(message, dict):
        raise ContractBroken("the report's answer is no object")
    if "result" not in message and message.get("prepared_report"):
        raise ReportNotReady("the report is prepared in the background and not ready")
    columns = [_column(one) for one in _listed(message, "columns")]
    rows, totals = _split(_listed(message, "result"), has_total=bool(message.get("add_total_row")))
    fieldnames = [column.fieldname for column, _ in columns]
    return ReportAnswer(
        columns=tuple(column for column, is_hidden in columns if not is_hidden),
        rows=tuple(_by_field(row, fieldnames) for row in rows),
        totals=_filled(_by_field(totals, fieldnames)) if totals is not None else None,
        messages=_messages(message.get("message")),
    )


def _listed(message: Mapping[str, Any], key: str) -> list[Any]:
    value = message.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ContractBroken(f"the report's {key} are no list")
    return value


def _column(column: object) -> tuple[ReportColumn, bool]:
    """The column and whether it is hidden. As text it is `Label:Fieldtype/Options:width`."""
    if isinstance(column, dict):
        label = plain_text(str(column.get("label") or ""))
        found = ReportColumn(
            fieldname=str(column.get("fieldname") or _scrub(label)),
            label=label,
            fieldtype=str(column.get("fieldtype") or "Data"),
            options=str(column["options"]) if column.get("options") else None,
        )
        return found, bool(column.get("hidden"))
    label, _, rest = str(column).partition(":")
    fieldtype, _, options = rest.partition(":")[0].partition("/")
    shown = plain_text(label)
    return (
        ReportColumn(fieldname=_scrub(label), label=shown, fieldtype=fieldtype or "Data", options=options or None),
        False,
    )


def _scrub(label: str) -> str:
    # Frappe makes the field's name from the label in this way (frappe.scrub).
    return label.replace(" ", "_").replace("-", "_").lower()


def _split(rows: list[Any], *, has_total: bool) -> tuple[list[Any], list[Any] | None]:
    """Frappe adds the total row as an array behind all others."""
    if has_total and rows and isinstance(rows[-1], list):
        return rows[:-1], rows[-1]
    return rows, None


def _by_field(row: object, fieldnames: Sequence[str]) -> Mapping[str, Any]:
    if isinstance(row, dict):
        return row
    if not isinstance(row, list) or len(row) > len(fieldnames):
        raise ContractBroken("a row of the report does not fit its columns")
    return dict(zip(fieldnames, row, strict=False))


def _filled(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {field: value for field, value in row.items() if value not in ("", None)}


def _messages(message: object) -> tuple[str, ...]:
    said = message if isinstance(message, list) else [message]
    cleaned = (plain_text(str(one)) for one in said[:MAX_REPORT_MESSAGES] if one)
    return tuple(one for one in cleaned if one)
