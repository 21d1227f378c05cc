"""What tools may ask of an ERP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from shared.errors import ErpBusy

Document = Mapping[str, Any]
Filter = tuple[str, str, Any]
"""Field, operator, value: `("posting_date", ">=", "2026-10-01")`."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """One document whose name or title fits a searched text."""

    name: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportColumn:
    """A column as the ERP labels it (in the language of its user). `fieldtype` is Frappe's: Currency, Float, Link..."""

    fieldname: str
    label: str
    fieldtype: str = "Data"
    options: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportAnswer:
    """A report's rows by fieldname, without its total row, which stands in `totals` when the ERP gave one."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[Mapping[str, Any], ...]
    totals: Mapping[str, Any] | None = None
    messages: tuple[str, ...] = field(default=())


READY_REPORT = "prepared_report_name"
"""The filter that names a report which the ERP has prepared: that one is read, and none is run."""


class ReportNotReady(ErpBusy):
    """The ERP does not run this report at once: it has to be prepared first."""


class Saved(dict[str, Any]):
    """A document as the ERP has it after a write. `warnings` are what the ERP said besides, in clean words."""

    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a method of the ERP answered, with its warnings."""

    value: Any
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure over many documents: `Measure("sum", "base_grand_total")`."""

    function: Literal["sum", "count", "avg", "min", "max"]
    field: str
    name: str = "value"


class Erp(Protocol):
    """One ERP as one of its users sees it.

    Dates are ISO strings as the ERP sends them, amounts numbers in the company's or the document's currency. Any method
    can raise ErpUnreachable, ErpBusy, RateLimited (try later), CredentialsRefused, ErpNotPermitted, ErpNotFound,
    ErpRefused, ErpFailed or ContractBroken.
    """

    def find(
        self,
        doctype: str,
        where: Sequence[Filter] = (),
        *,
        fields: Sequence[str] = ("name",),
        order_by: str = "",
        limit: int = 20,
        start: int = 0,
    ) -> list[Document]:
        """Documents of one kind that the user may see, at most `limit`."""
        ...

    def get(self, doctype: str, name: str) -> Document: ...

    def count(self, doctype: str, where: Sequence[Filter] = ()) -> int:
        """How many documents the user may see; rows he may not see do not count."""
        ...

    def search(self, doctype: str, text: str, *, limit: int = 10) -> list[Match]:
        """Documents whose name or search fields contain the text, best first."""
        ...

    def run_report(self, name: str, filters: Mapping[str, Any]) -> ReportAnswer:
        """Runs a report at once, or reads the prepared one that `READY_REPORT` names. Raises ReportNotReady."""
        ...

    def pdf(self, doctype: str, name: str, *, language: str = "") -> bytes: ...

    def aggregate(
        self,
        doctype: str,
        measure: Measure,
        where: Sequence[Filter] = (),
        *,
        group_by: str = "",
        limit: int = 20,
    ) -> list[Document]:
        """The measure of the documents the user may see, largest first by what they are grouped by, at most `limit`."""
        ...

    def insert(self, doctype: str, values: Document) -> Saved: ...

    def update(self, doctype: str, name: str, changes: Document) -> Saved:
        """With the `modified` that was read among the changes, raises ErpConflict when somebody was faster."""
        ...

    def submit(self, document: Document) -> Saved:
        """Submits a whole document as it was read; raises ErpConflict when somebody changed it since."""
        ...

    def cancel(self, doctype: str, name: str) -> Saved: ...

    def delete(self, doctype: str, name: str) -> None:
        """Deletes a document that is not submitted and to which nothing links."""
        ...

    def attach(self, doctype: str, name: str, filename: str, data: bytes) -> Saved:
        """Attaches a file to a document, for those only who may see the document."""
        ...

    def workflow(self, doctype: str) -> Document | None:
        """The active workflow of a kind of document, if it has one."""
        ...

    def ask(self, method: str, arguments: Mapping[str, Any]) -> Any:
        """What a method of the ERP answers that changes nothing."""
        ...

    def act(self, method: str, arguments: Mapping[str, Any]) -> Said:
        """What a method of the ERP answers that may change something; it is called once."""
        ...

    def user(self) -> str:
        """The user whose credentials are used."""
        ...

    def version(self) -> str:
        """The version of ERPNext, e.g. `15.92.1`."""
        ...

    def check(self) -> None:
        """Raises when the ERP cannot be reached or refuses the credentials."""
        ...
