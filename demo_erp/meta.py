"""What the stand-in knows about DocTypes and reports: fields, permissions, names in Spanish."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

UNSHOWN = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen", "_content")
"""Columns that the API never shows."""

_CHILD_TYPES = ("Table", "Table MultiSelect")
_NUMBERS = ("Int", "Float", "Currency", "Percent", "Check", "Long Int", "Rating", "Duration")


@dataclass(frozen=True)
class Field:
    """One field of a DocType. `options` is the target of a link, the choices of a select."""

    fieldname: str
    fieldtype: str
    label: str = ""
    label_es: str = ""
    options: str = ""
    default: str = ""
    reqd: int = 0

    @property
    def is_number(self) -> bool:
        """Whether values are numbers."""
        return self.fieldtype in _NUMBERS

    def label_in(self, language: str) -> str:
        """What people call the field."""
        return (self.label_es if language == "es" else "") or self.label or self.fieldname


@dataclass(frozen=True)
class DocType:
    """One kind of document. `permissions` is None where roles are not described: everybody may read."""

    name: str
    label_es: str
    is_submittable: bool
    is_child: bool
    autoname: str
    title_field: str
    search_fields: tuple[str, ...]
    permissions: tuple[Mapping[str, Any], ...] | None
    fields: tuple[Field, ...]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their name."""
        return {field.fieldname: field for field in self.fields}

    @cached_property
    def tables(self) -> tuple[Field, ...]:
        """The fields that hold rows of a child DocType."""
        return tuple(field for field in self.fields if field.fieldtype in _CHILD_TYPES)

    @cached_property
    def links(self) -> tuple[Field, ...]:
        """The fields that name a document of another DocType."""
        return tuple(field for field in self.fields if field.fieldtype == "Link")

    def label_in(self, language: str) -> str:
        """What people call the DocType."""
        return self.label_es if language == "es" else self.name


@dataclass(frozen=True)
class ReportInfo:
    """One report of the site's list."""

    name: str
    ref_doctype: str
    is_prepared: bool
    add_total_row: bool


@dataclass(frozen=True)
class Meta:
    """All DocTypes, reports and single documents by name."""

    doctypes: Mapping[str, DocType]
    reports: Mapping[str, ReportInfo]
    singles: Mapping[str, Mapping[str, Any]]


def load_meta() -> Meta:
    """The metadata that ships with the package."""
    packed = resources.files(__package__) / "data" / "meta.json.xz"
    body = json.loads(lzma.decompress(packed.read_bytes()))
    return Meta(
        {name: _doctype(name, entry) for name, entry in body["doctypes"].items()},
        {name: _report(entry) for name, entry in body["reports"].items()},
        body["singles"],
    )


def _doctype(name: str, entry: dict[str, Any]) -> DocType:
    searched = tuple(part.strip() for part in (entry["search_fields"] or "").split(",") if part.strip())
    permissions = entry["permissions"]
    return DocType(
        name=name,
        label_es=entry["label_es"],
        is_submittable=bool(entry["is_submittable"]),
        is_child=bool(entry["istable"]),
        autoname=entry["autoname"] or "",
        title_field=entry["title_field"] or "",
        search_fields=searched,
        permissions=None if permissions is None else tuple(permissions),
        fields=tuple(Field(**field) for field in entry["fields"]),
    )


def _report(entry: dict[str, Any]) -> ReportInfo:
    return ReportInfo(entry["name"], entry["ref_doctype"], bool(entry["prepared_report"]), bool(entry["add_total_row"]))
