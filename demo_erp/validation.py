"""The checks of every document before it is written: links, mandatory fields, choices, lengths."""

from __future__ import annotations

import re

from demo_erp.errors import FrappeError
from demo_erp.meta import DocType, Field
from demo_erp.site import Call, Document

_LIMIT = 140
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_CHOICES_ES = {"High": "Alto", "Medium": "Medio", "Low": "Bajo", "Open": "Abierto", "Closed": "Cerrado"}
_ONE_LINE = ("Data", "Link", "Select", "Dynamic Link")


def check_links(call: Call, doctype: DocType, document: Document) -> None:
    """Raises the 417 for a link to a document that does not exist."""
    for field in doctype.links:
        value = document.get(field.fieldname)
        if value and call.store.columns(field.options) and not call.store.exists(field.options, value):
            raise call.refuse(
                "link_not_found",
                kind="frappe.exceptions.LinkValidationError",
                field=field.label_in(call.language),
                value=value,
            )


def check_values(call: Call, doctype: DocType, document: Document) -> None:
    """Raises the 417 for a missing value, a choice that is none, or a text that is too long."""
    missing = [field for field in doctype.fields if field.reqd and not _has_value(document, field)]
    if missing:
        raise _missing(call, doctype, document, missing)
    for field in doctype.fields:
        value = document.get(field.fieldname)
        if field.fieldtype == "Select" and value:
            _check_choice(call, field, str(value))
        if field.fieldtype in _ONE_LINE and isinstance(value, str) and len(value) > _LIMIT:
            raise call.refuse(
                "too_long",
                kind="frappe.exceptions.CharacterLengthExceededError",
                title="too_long_title",
                label=doctype.label_in(call.language),
                name=document["name"],
                field=_label(call, doctype, field),
                value=value,
                limit=_LIMIT,
            )


def check_email(call: Call, value: str | None) -> None:
    """Raises the 417 for a text that is no e-mail address."""
    if value and not _EMAIL.match(value):
        kind = "frappe.exceptions.InvalidEmailAddressError"
        raise call.refuse("invalid_email", kind=kind, from_erpnext=True, value=value)


def _has_value(document: Document, field: Field) -> bool:
    return document.get(field.fieldname) not in (None, "", [])


def _missing(call: Call, doctype: DocType, document: Document, missing: list[Field]) -> FrappeError:
    label = doctype.label_in(call.language)
    texts = [call.say("missing_value", label=label, field=field.label_in(call.language)) for field in missing]
    names = ", ".join(field.fieldname for field in missing)
    return FrappeError(
        417,
        "frappe.exceptions.MandatoryError",
        f"[{doctype.name}, {document['name']}]: {names}",
        tuple(call.message(text, thrown=False) for text in texts),
    )


def _check_choice(call: Call, field: Field, value: str) -> None:
    options = [option for option in field.options.split("\n") if option]
    if not options or value in options or field.fieldname == "naming_series":
        return
    shown = [_CHOICES_ES.get(option, option) if call.language == "es" else option for option in options]
    quoted_options = ", ".join(f'"{option}"' for option in shown)
    raise call.refuse("invalid_select", field=field.label_in(call.language), value=value, options=quoted_options)


def _label(call: Call, doctype: DocType, field: Field) -> str:
    # A field that is named like its DocType bears the DocType's name.
    return doctype.label_in(call.language) if field.label == doctype.name else field.label_in(call.language)
