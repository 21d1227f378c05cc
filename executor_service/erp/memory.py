"""The in-memory twin of an ERP, for tests of what is built on one. The contract suite keeps it honest."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from executor_service.erp.encoding import storable
from executor_service.erp.memory_filters import fits, in_order
from executor_service.erp.memory_rows import aggregated, refused, words_of
from executor_service.erp.protocol import Document, Filter, Match, Measure, ReportAnswer, Said, Saved
from shared.clock import Clock, utc_now
from shared.errors import ErpConflict, ErpNotFound, ErpNotPermitted, InvalidArguments, RecadoError
from shared.language.folding import fold

DRAFT, SUBMITTED, CANCELLED = 0, 1, 2
Method = Callable[[Mapping[str, Any]], Any]
Report = ReportAnswer | Callable[[Mapping[str, Any]], ReportAnswer]


class MemoryErp:
    """An `Erp` over the documents it is given, each with `doctype` and `name`.

    A report is its answer, or a function from filters to it. DocTypes are those of the documents and of `doctypes`;
    those in `hidden` may not be seen; `methods` are functions from arguments to an answer. Safe to share between
    threads.
    """

    def __init__(
        self,
        documents: Iterable[Document] = (),
        *,
        reports: Mapping[str, Report] | None = None,
        doctypes: Iterable[str] = (),
        hidden: Iterable[str] = (),
        user: str = "tester@example.com",
        version: str = "15.92.1",
        now: Clock = utc_now,
        methods: Mapping[str, Method] | None = None,
    ) -> None:
        self._tables: dict[str, dict[str, dict[str, Any]]] = {one: {} for one in doctypes}
        self._reports = dict(reports or {})
        self._methods = dict(methods or {})
        self._hidden = frozenset(hidden)
        self._user = user
        self._version = version
        self._now = now
        self._lock = threading.RLock()
        self._failures: list[RecadoError] = []
        for one in documents:
            self._tables.setdefault(one["doctype"], {})[one["name"]] = self._with_defaults(one)

    def fail(self, *errors: RecadoError) -> None:
        """Makes the next calls raise these errors, one each."""
        with self._lock:
            self._failures += errors

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
        with self._lock:
            table = self._table(doctype)
            self._check_fields(table, [*fields, *(field for field, _, _ in where)])
            found = in_order([row for row in table.values() if fits(row, where)], order_by)
            cut = found[start : start + max(limit, 0)]
            return [copy.deepcopy(row if "*" in fields else {one: row.get(one) for one in fields}) for row in cut]

    def get(self, doctype: str, name: str) -> Document:
        with self._lock:
            return copy.deepcopy(self._document(doctype, name))

    def count(self, doctype: str, where: Sequence[Filter] = ()) -> int:
        with self._lock:
            table = self._table(doctype)
            self._check_fields(table, [field for field, _, _ in where])
            return sum(fits(row, where) for row in table.values())

    def search(self, doctype: str, text: str, *, limit: int = 10) -> list[Match]:
        with self._lock:
            rows = [(row, words_of(row)) for row in self._table(doctype).values()]
        wanted = fold(text)
        found = [(row, words) for row, words in rows if wanted in fold(words)]
        found.sort(key=lambda one: (not fold(one[0]["name"]).startswith(wanted), one[0]["name"]))
        return [Match(name=row["name"], description=words) for row, words in found[:limit]]

    def run_report(self, name: str, filters: Mapping[str, Any]) -> ReportAnswer:
        with self._lock:
            self._fail_if_told()
            report = self._reports.get(name)
        if report is None:
            raise ErpNotFound(message=f"Report {name} not found", kind="DoesNotExistError")
        return report if isinstance(report, ReportAnswer) else report(filters)

    def pdf(self, doctype: str, name: str, *, language: str = "") -> bytes:
        with self._lock:
            self._document(doctype, name)
        return f"%PDF-1.4\n% {doctype} {name} {language}\n%%EOF\n".encode()

    def aggregate(
        self, doctype: str, measure: Measure, where: Sequence[Filter] = (), *, group_by: str = "", limit: int = 20
    ) -> list[Document]:
        with self._lock:
            table = self._table(doctype)
            self._check_fields(table, [measure.field, *(field for field, _, _ in where), *filter(None, (group_by,))])
            return aggregated([row for row in table.values() if fits(row, where)], measure, group_by)[:limit]

    def insert(self, doctype: str, values: Document) -> Saved:
        with self._lock:
            table = self._table(doctype)
            name = str(values.get("name") or f"{doctype[:3].upper()}-{len(table) + 1:05d}")
            if name in table:
                raise refused(f"{doctype} {name} already exists", "DuplicateEntryError")
            given = {**copy.deepcopy(storable(values)), "doctype": doctype, "name": name, "docstatus": DRAFT}
            table[name] = self._with_defaults(given)
            return Saved(copy.deepcopy(table[name]))

    def update(self, doctype: str, name: str, changes: Document) -> Saved:
        with self._lock:
            row = self._document(doctype, name)
            if row["docstatus"] == CANCELLED:
                raise refused("A cancelled document cannot be edited", "ValidationError")
            self._check_fresh(row, changes)
            row |= {**copy.deepcopy(storable(changes)), "modified": self._stamp()}
            return Saved(copy.deepcopy(row))

    def submit(self, document: Document) -> Saved:
        if not document.get("doctype") or not document.get("name"):
            raise InvalidArguments("only a whole document can be submitted: the ERP saves it as it is sent")
        with self._lock:
            row = self._document(document["doctype"], document["name"])
            self._check_fresh(row, document)
            return self._move(row, DRAFT, SUBMITTED)

    def cancel(self, doctype: str, name: str) -> Saved:
        with self._lock:
            return self._move(self._document(doctype, name), SUBMITTED, CANCELLED)

    def delete(self, doctype: str, name: str) -> None:
        with self._lock:
            if self._document(doctype, name)["docstatus"] == SUBMITTED:
                raise refused(f"{doctype} {name} is submitted and cannot be deleted", "ValidationError")
            del self._tables[doctype][name]

    def attach(self, doctype: str, name: str, filename: str, data: bytes) -> Saved:
        with self._lock:
            self._document(doctype, name)
            self._tables.setdefault("File", {})
            attached = {"attached_to_doctype": doctype, "attached_to_name": name}
            return self.insert("File", {"file_name": filename, "file_size": len(data), "is_private": 1, **attached})

    def workflow(self, doctype: str) -> Document | None:
        with self._lock:
            rules = [one for one in self._tables.get("Workflow", {}).values() if one.get("document_type") == doctype]
            return next((copy.deepcopy(one) for one in rules if one.get("is_active")), None)

    def ask(self, method: str, arguments: Mapping[str, Any]) -> Any:
        with self._lock:
            self._fail_if_told()
        if method not in self._methods:
            raise refused(f"Failed to get method {method}", "ValidationError")
        return self._methods[method](arguments)

    def act(self, method: str, arguments: Mapping[str, Any]) -> Said:
        return Said(value=self.ask(method, arguments))

    def user(self) -> str:
        self._fail_if_told()
        return self._user

    def version(self) -> str:
        return self._version

    def check(self) -> None:
        self._fail_if_told()

    def _table(self, doctype: str) -> dict[str, dict[str, Any]]:
        self._fail_if_told()
        if doctype not in self._tables:
            raise ErpNotFound(message=f"DocType {doctype} not found", kind="DoesNotExistError")
        if doctype in self._hidden:
            raise ErpNotPermitted(message=f"No permission for {doctype}", kind="PermissionError")
        return self._tables[doctype]

    def _document(self, doctype: str, name: str) -> dict[str, Any]:
        row = self._table(doctype).get(name)
        if row is None:
            raise ErpNotFound(message=f"{doctype} {name} not found", kind="DoesNotExistError")
        return row

    def _move(self, row: dict[str, Any], before: int, after: int) -> Saved:
        if row["docstatus"] != before:
            raise refused(f"{row['doctype']} {row['name']} is not in the right state", "ValidationError")
        row |= {"docstatus": after, "modified": self._stamp()}
        return Saved(copy.deepcopy(row))

    def _check_fresh(self, row: Mapping[str, Any], sent: Document) -> None:
        if sent.get("modified") not in (None, row["modified"]):
            kind = "TimestampMismatchError"
            raise ErpConflict(kind, message="The document was changed after it was opened", kind=kind)

    def _check_fields(self, table: Mapping[str, Mapping[str, Any]], fields: Iterable[str]) -> None:
        known = {field for row in table.values() for field in row} | {"*"}
        unknown = next((one for one in fields if table and one not in known), None)
        if unknown is not None:
            raise refused(f"Field not permitted in query: {unknown}", "DataError")

    def _with_defaults(self, values: Document) -> dict[str, Any]:
        stamp = self._stamp()
        defaults = {"docstatus": DRAFT, "owner": self._user, "creation": stamp, "modified": stamp}
        return {**defaults, **copy.deepcopy(dict(values))}

    def _stamp(self) -> str:
        return self._now().strftime("%Y-%m-%d %H:%M:%S.%f")

    def _fail_if_told(self) -> None:
        with self._lock:
            if self._failures:
                raise self._failures.pop(0)
