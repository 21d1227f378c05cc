"""What the demo has beyond the dump: users, the report list, comments, and an order that waits for approval."""

from __future__ import annotations

import sqlite3
from datetime import date

from demo_erp.dump import Table, Value
from demo_erp.people import people

_STANDARD = {
    "name": "varchar",
    "creation": "datetime",
    "modified": "datetime",
    "modified_by": "varchar",
    "owner": "varchar",
    "docstatus": "int",
    "idx": "int",
}
_STAMP = "2026-11-20 09:12:40.118203"
_ORDER = "PUR-ORD-2026-00055"
_BUYER = "almacen@ferreteria-andina.example"
_STATE = "Pendiente de aprobación"
_TEMPLATE = "PUR-ORD-2026-00053"


def extra_tables(reports: list[dict[str, object]]) -> list[Table]:
    """Tables that a dump of business data leaves out."""
    return [
        _table("User", _user_columns(), [_user_row(index) for index in range(len(people()))]),
        _table("Report", _report_columns(), [_report_row(report) for report in reports]),
        _table("Comment", _comment_columns(), []),
        _table("Workflow Action", _action_columns(), [_action_row()]),
        _table("File", _file_columns(), []),
    ]


def pending_order(connection: sqlite3.Connection) -> None:
    """Adds a purchase order of today that waits for approval, over the goods of an earlier one."""
    today, wanted = date(2026, 11, 20).isoformat(), date(2026, 11, 27).isoformat()
    draft: dict[str, Value] = {"docstatus": 0}
    dates: dict[str, Value] = {"transaction_date": today, "schedule_date": wanted}
    open_state: dict[str, Value] = {"workflow_state": _STATE, "status": "Draft", "per_billed": 0.0, "per_received": 0.0}
    open_row: dict[str, Value] = {"schedule_date": wanted, "received_qty": 0.0, "billed_amt": 0.0}
    _copy(connection, "tabPurchase Order", "name", draft | dates | open_state)
    _copy(connection, "tabPurchase Order Item", "parent", draft | open_row)
    _copy(connection, "tabPurchase Taxes and Charges", "parent", draft)
    _copy(connection, "tabPayment Schedule", "parent", draft | {"due_date": today})


def _copy(connection: sqlite3.Connection, table: str, key: str, changes: dict[str, Value]) -> None:
    cursor = connection.execute(" ".join(["SELECT * FROM", f'"{table}"', f'WHERE "{key}" = ?']), (_TEMPLATE,))
    names = [column[0] for column in cursor.description]
    for index, values in enumerate(cursor.fetchall(), start=1):
        row: dict[str, Value] = dict(zip(names, values, strict=True))
        stamps: dict[str, Value] = dict.fromkeys(("creation", "modified"), _STAMP)
        people_of_row: dict[str, Value] = dict.fromkeys(("owner", "modified_by"), _BUYER)
        row |= stamps | people_of_row | changes | {"name": f"pend{len(table)}{index}"} | {key: _ORDER}
        marks = ", ".join("?" * len(row))
        connection.execute(" ".join(["INSERT INTO", f'"{table}"', f"VALUES ({marks})"]), list(row.values()))


def _table(doctype: str, columns: dict[str, str], rows: list[dict[str, Value]]) -> Table:
    types = _STANDARD | columns
    blank: dict[str, Value] = {
        "creation": _STAMP,
        "modified": _STAMP,
        "modified_by": "Administrator",
        "owner": "Administrator",
        "docstatus": 0,
        "idx": 0,
    }
    full = [tuple((blank | row).get(name) for name in types) for row in rows]
    return Table(f"tab{doctype}", types, full)


def _user_columns() -> dict[str, str]:
    texts = ("email", "full_name", "mobile_no", "language", "time_zone", "user_type")
    return {"enabled": "int", **dict.fromkeys(texts, "varchar")}


def _user_row(index: int) -> dict[str, Value]:
    person = people()[index]
    return {
        "name": person.user,
        "enabled": 1,
        "email": person.user if "@" in person.user else "admin@ferreteria-andina.example",
        "full_name": person.full_name,
        "mobile_no": person.phone or None,
        "language": "es",
        "time_zone": "America/Lima",
        "user_type": "System User",
    }


def _report_columns() -> dict[str, str]:
    texts = ("report_name", "report_type", "ref_doctype", "module", "is_standard")
    numbers = ("prepared_report", "add_total_row", "disabled")
    return {**dict.fromkeys(texts, "varchar"), **dict.fromkeys(numbers, "int")}


def _report_row(report: dict[str, object]) -> dict[str, Value]:
    name = str(report["name"])
    row: dict[str, Value] = {"name": name, "report_name": name, "is_standard": "Yes", "disabled": 0}
    for field in ("report_type", "ref_doctype", "module"):
        row[field] = str(report[field])
    for field in ("prepared_report", "add_total_row"):
        row[field] = int(str(report[field]))
    return row


def _comment_columns() -> dict[str, str]:
    texts = ("comment_type", "comment_email", "subject", "comment_by", "reference_doctype", "reference_name")
    return {
        **dict.fromkeys(texts, "varchar"),
        "published": "int",
        "seen": "int",
        "content": "text",
        "ip_address": "varchar",
    }


def _action_columns() -> dict[str, str]:
    texts = ("status", "reference_doctype", "reference_name", "workflow_state", "user", "completed_by_role")
    return dict.fromkeys((*texts, "completed_by"), "varchar")


def _action_row() -> dict[str, Value]:
    return {
        "name": "pendact001",
        "status": "Open",
        "reference_doctype": "Purchase Order",
        "reference_name": _ORDER,
        "workflow_state": _STATE,
        "user": _BUYER,
    }


def _file_columns() -> dict[str, str]:
    texts = ("file_name", "file_type", "file_url", "folder", "attached_to_doctype", "attached_to_name")
    numbers = ("is_private", "is_home_folder", "is_attachments_folder", "file_size", "is_folder")
    return {
        **dict.fromkeys((*texts, "content_hash", "attached_to_field"), "varchar"),
        **dict.fromkeys((*numbers, "uploaded_to_dropbox", "uploaded_to_google_drive"), "int"),
        "_content": "blob",
    }
