"""A document as the values for a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from executor_service.erp.protocol import Document

_STAMPS = ("name", "creation", "modified", "modified_by", "owner", "docstatus", "__islocal", "__unsaved", "parent")
_RULED = ("amended_from", "workflow_state")


def copied(document: Document) -> dict[str, Any]:
    """The values of a document and its rows without names, stamps and states: the ERP gives a new one its own."""
    return {
        field: [_plain(row) for row in value] if isinstance(value, list) else value
        for field, value in _plain(document).items()
        if field not in _RULED
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in row.items() if field not in _STAMPS and value is not None}
