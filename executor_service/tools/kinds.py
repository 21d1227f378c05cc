"""The kinds of documents that people ask for, read from `data/document_kinds.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from executor_service.erp.protocol import Filter
from shared.contracts.base import Language

Kind = Literal[
    "Sales Invoice",
    "Sales Order",
    "Quotation",
    "Delivery Note",
    "Payment Entry",
    "Purchase Order",
    "Purchase Invoice",
    "Customer",
    "Supplier",
    "Item",
    "Lead",
]
Status = Literal["draft", "open", "unpaid", "overdue", "paid", "cancelled", "received", "made"]
_EVERYWHERE: Mapping[str, tuple[Filter, ...]] = {
    "draft": (("docstatus", "=", 0),),
    "cancelled": (("docstatus", "=", 2),),
}


class DocumentKind(BaseModel):
    """One kind of document: which of its fields are its title, its date and its amount in the company's currency."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doctype: str
    title: str
    date: str = ""
    amount: str = ""
    due: str = ""
    details: tuple[str, ...] = ()
    is_submittable: bool = False
    prefixes: tuple[str, ...] = ()
    parties: dict[str, tuple[Filter, ...]] = Field(default_factory=dict)
    statuses: dict[str, tuple[Filter, ...]] = Field(default_factory=dict)
    one: dict[Language, str]
    many: dict[Language, str]
    words: dict[Language, tuple[str, ...]]
    short: tuple[str, ...] = ()

    def status_filters(self, status: str) -> tuple[Filter, ...] | None:
        """The filters of a state in people's words; none where this kind has no such state."""
        return self.statuses.get(status) or (_EVERYWHERE.get(status) if self.is_submittable else None)

    def party_filters(self, kind: str, name: str) -> tuple[Filter, ...] | None:
        """The filters for one customer or supplier; none where this kind has no such party."""
        found = self.parties.get(kind)
        if found is None:
            return None
        return tuple((field, operator, name if value == "$party" else value) for field, operator, value in found)


@cache
def document_kinds() -> Mapping[str, DocumentKind]:
    """Every kind by its doctype, in the order in which they are looked through."""
    text = (files("executor_service.tools") / "data" / "document_kinds.toml").read_text(encoding="utf-8")
    kinds: Mapping[str, Any] = tomllib.loads(text)["kinds"]
    return {doctype: DocumentKind(doctype=doctype, **kind) for doctype, kind in kinds.items()}


def kind_of_name(name: str) -> DocumentKind | None:
    """The kind whose numbering series the name begins with: `ACC-SINV-2026-00011` is a sales invoice."""
    begun = [kind for kind in document_kinds().values() if name.upper().startswith(kind.prefixes or ("\0",))]
    return begun[0] if begun else None
