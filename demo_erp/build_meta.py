"""The essence of the DocTypes' descriptions: fields, role permissions, child tables and names in Spanish."""

from __future__ import annotations

from typing import Any

from demo_erp.dump import Table

_LABELS = {
    "Account": "Cuenta",
    "Address": "Dirección",
    "Brand": "Marca",
    "Comment": "Comentario",
    "Company": "Compañía",
    "Contact": "Contacto",
    "Customer": "Cliente",
    "Customer Group": "Categoría de Cliente",
    "Delivery Note": "Nota de entrega",
    "File": "Archivo",
    "Item": "Producto",
    "Item Group": "Grupo de Productos",
    "Item Price": "Precio de productos",
    "Journal Entry": "Asiento contable",
    "Lead": "Iniciativa",
    "Material Request": "Solicitud de materiales",
    "Opportunity": "Oportunidad",
    "Payment Entry": "Entrada de pago",
    "Price List": "Lista de precios",
    "Purchase Invoice": "Factura de compra",
    "Purchase Order": "Orden de compra (OC)",
    "Purchase Receipt": "Recibo de compra",
    "Quotation": "Cotización",
    "Report": "Reporte",
    "Sales Invoice": "Factura de venta",
    "Sales Order": "Orden de venta (OV)",
    "Sales Person": "Persona de ventas",
    "Stock Entry": "Entrada de inventario",
    "Supplier": "Proveedor",
    "Supplier Group": "Grupo de proveedores",
    "Territory": "Territorio",
    "ToDo": "Tareas",
    "UOM": "UdM",
    "User": "Usuario",
    "Warehouse": "Almacén",
}
_CHILDREN_WITHOUT_ROWS = {"Brand": {"brand_defaults": "Item Default"}}
_NAMED_BY_FIELD = {"Brand": "brand", "Territory": "territory_name", "Item Group": "item_group_name"}
_REQUIRED = {"Brand": ("brand",)}
_STANDARD = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
_OF_A_CHILD = ("parent", "parentfield", "parenttype")
_SINGLES = {
    "Global Defaults": {
        "name": "Global Defaults",
        "owner": "Administrator",
        "modified": "2026-11-20 18:39:31.970546",
        "modified_by": "Administrator",
        "docstatus": 0,
        "idx": "0",
        "default_company": "Ferretería Andina",
        "country": "Peru",
        "default_currency": "PEN",
        "hide_currency_symbol": "",
        "disable_rounded_total": 0,
        "disable_in_words": 0,
        "doctype": "Global Defaults",
    }
}


def describe(tables: list[Table], descriptions: list[dict[str, Any]], reports: list[dict[str, Any]]) -> dict[str, Any]:
    """One JSON document: `doctypes` by name, `reports` by name, `singles` by name."""
    described = {str(description["name"]): description for description in descriptions}
    children = _children_in_rows(tables)
    return {
        "doctypes": {
            table.doctype: _doctype(table, described.get(table.doctype), children.get(table.doctype, {}))
            for table in tables
        },
        "reports": {report["name"]: report for report in reports},
        "singles": _SINGLES,
    }


def _doctype(table: Table, description: dict[str, Any] | None, children: dict[str, str]) -> dict[str, Any]:
    label = _LABELS.get(table.doctype, table.doctype)
    if description is None:
        return _undescribed(table, children) | {"label_es": label}
    kept = ("is_submittable", "istable", "autoname", "title_field", "search_fields", "permissions")
    fields = [_field(field) for field in description["fields"]]
    return {key: description[key] for key in kept} | {"fields": fields, "label_es": label}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    kept = ("fieldname", "fieldtype", "options", "reqd", "default", "label", "label_es")
    return {key: field[key] for key in kept if field.get(key) not in (None, 0, "")}


def _undescribed(table: Table, children: dict[str, str]) -> dict[str, Any]:
    """A description from the columns alone: everybody may read, as nothing says otherwise."""
    required = _REQUIRED.get(table.doctype, ())
    fields: list[dict[str, Any]] = [
        {"fieldname": name, "fieldtype": _fieldtype(name, kind), "label": name.replace("_", " ").title()}
        | ({"reqd": 1} if name in required else {})
        for name, kind in table.columns.items()
        if name not in _STANDARD and name not in _OF_A_CHILD and not name.startswith("_")
    ]
    tables = _CHILDREN_WITHOUT_ROWS.get(table.doctype, {}) | children
    fields += [{"fieldname": name, "fieldtype": "Table", "options": child} for name, child in tables.items()]
    named_by = _NAMED_BY_FIELD.get(table.doctype)
    return {
        "is_submittable": int(table.doctype == "Purchase Receipt"),
        "istable": int("parentfield" in table.columns),
        "autoname": f"field:{named_by}" if named_by else "hash",
        "title_field": None,
        "search_fields": None,
        "permissions": None,
        "fields": fields,
    }


def _fieldtype(name: str, kind: str) -> str:
    base = kind.split("(")[0]
    if base == "int":
        return "Check" if name.startswith(("is_", "disabled", "enabled")) else "Int"
    return {"decimal": "Float", "date": "Date", "datetime": "Datetime", "time": "Time", "text": "Text"}.get(
        base, "Data"
    )


def _children_in_rows(tables: list[Table]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        if "parentfield" not in table.columns:
            continue
        names = list(table.columns)
        field, kind = names.index("parentfield"), names.index("parenttype")
        for row in table.rows:
            found.setdefault(str(row[kind]), {})[str(row[field])] = table.doctype
    return found
