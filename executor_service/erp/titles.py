"""What people call the documents that a search found, where the ERP tells only their codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from executor_service.erp.protocol import Erp, Match
from shared.errors import ErpRefused

TITLE_FIELDS: Mapping[str, str] = {
    "Customer": "customer_name",
    "Employee": "employee_name",
    "Item": "item_name",
    "Lead": "lead_name",
    "Project": "project_name",
    "Supplier": "supplier_name",
}
"""ERPNext's kinds that may be numbered by a series, with the field that holds the name (`title_field` of the DocType).

`frappe.desk.search.search_link` gives that as `label` only where an administrator chose "Show Title in Link Fields".
"""


def with_titles(erp: Erp, doctype: str, found: Sequence[Match]) -> list[Match]:
    """The same matches with their titles; without, where this kind has none or the person may not read it."""
    lacking = [one.name for one in found if not one.title]
    field = TITLE_FIELDS.get(doctype)
    if not lacking or field is None:
        return list(found)
    try:
        rows = erp.find(doctype, [("name", "in", lacking)], fields=("name", field), limit=len(lacking))
    except ErpRefused:
        return list(found)  # the codes do as well
    titles = {str(row["name"]): str(row.get(field) or "") for row in rows}
    return [replace(one, title=one.title or titles.get(one.name, "")) for one in found]
