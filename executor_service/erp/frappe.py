"""ERPNext over Frappe's REST API, as one of its users."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from executor_service.erp.encoding import (
    answer_in,
    document_in,
    documents_in,
    dump,
    filters_of,
    resource_path,
)
from executor_service.erp.frappe_calls import MAX_QUERY_CHARS
from executor_service.erp.frappe_writes import FrappeWrites
from executor_service.erp.measures import measured
from executor_service.erp.paging import PAGE_ROWS, Rows, read_pages, total_order
from executor_service.erp.plain import plain_text
from executor_service.erp.protocol import READY_REPORT, Document, Filter, Match, Measure, ReportAnswer
from executor_service.erp.reports import report_answer
from executor_service.erp.transport import Call
from shared.errors import (
    ContractBroken,
    CredentialsRefused,
    ErpNotFound,
    ErpNotPermitted,
)

MAX_SEARCH_CHARS = 140
GUEST = "Guest"


class FrappeErp(FrappeWrites):
    """The ERP as the user of an API key sees it; an `Erp`. Safe to share between threads."""

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
        order = total_order(doctype, order_by) if limit > PAGE_ROWS else order_by

        def read(first: int, rows: int) -> Rows:
            return self._page(doctype, where, fields, order, first, rows)

        return read_pages(read, start=start, limit=limit)

    def get(self, doctype: str, name: str) -> Document:
        reply = self._site.send(Call(verb="GET", path=resource_path(doctype, name)), self._auth)
        return document_in(answer_in(reply).get("data"))

    def count(self, doctype: str, where: Sequence[Filter] = ()) -> int:
        # frappe.client.get_count would count rows that the user may not see.
        filters = filters_of(where, doctype)
        found = self._ask("frappe.desk.reportview.get_count", {"doctype": doctype, "filters": dump(filters)})
        if not isinstance(found, int):
            raise ContractBroken("the count is no number")
        return found

    def search(self, doctype: str, text: str, *, limit: int = 10) -> list[Match]:
        arguments = {"doctype": doctype, "txt": text[:MAX_SEARCH_CHARS], "page_length": str(limit)}
        body = answer_in(self._read("frappe.desk.search.search_link", arguments))
        # Version 14 answers in `results`, later ones in `message`.
        found = documents_in(body.get("message", body.get("results", [])))
        return [_match(one) for one in found[:limit]]

    def run_report(self, name: str, filters: Mapping[str, Any]) -> ReportAnswer:
        # Never `user`: the ERP would filter the rows as that other user.
        arguments = {
            "report_name": name,
            "filters": dump(filters),
            "ignore_prepared_report": "false" if READY_REPORT in filters else "true",
            "are_default_filters": "false",
        }
        return report_answer(self._ask("frappe.desk.query_report.run", arguments, slow=True))

    def pdf(self, doctype: str, name: str, *, language: str = "") -> bytes:
        arguments = {"doctype": doctype, "name": name, **({"language": language} if language else {})}
        reply = self._read("frappe.utils.print_format.download_pdf", arguments, slow=True)
        if not reply.body.startswith(b"%PDF"):
            raise ContractBroken("the answer is no PDF")
        return reply.body

    def aggregate(
        self,
        doctype: str,
        measure: Measure,
        where: Sequence[Filter] = (),
        *,
        group_by: str = "",
        limit: int = 20,
    ) -> list[Document]:
        major = int(self.version().partition(".")[0] or 0)
        query = {
            "fields": dump([*([group_by] if group_by else []), measured(measure, major)]),
            "filters": dump(filters_of(where)),
            "limit_page_length": str(limit),
            "order_by": f"{measure.name} desc",
            **({"group_by": group_by} if group_by else {}),
        }
        return documents_in(self._ask("frappe.client.get_list", {"doctype": doctype, **query}))

    def workflow(self, doctype: str) -> Document | None:
        # What the desk loads for a form: `Workflow` itself may be read by system managers only.
        body = answer_in(self._read("frappe.desk.form.load.getdoctype", {"doctype": doctype, "with_parent": "0"}))
        shown = next((one for one in documents_in(body.get("docs")) if one.get("name") == doctype), {})
        rules = documents_in(shown.get("__workflow_docs") or [])
        return next((one for one in rules if one.get("doctype") == "Workflow" and one.get("is_active")), None)

    def ask(self, method: str, arguments: Mapping[str, Any]) -> Any:
        plain = {name: value if isinstance(value, str) else dump(value) for name, value in arguments.items()}
        return self._ask(method, plain)

    def user(self) -> str:
        if not self._user:
            self._user = self._logged_user()
        return self._user

    def version(self) -> str:
        return self._site.version(self._ask_version)

    def check(self) -> None:
        self._user = self._logged_user()

    def _page(
        self, doctype: str, where: Sequence[Filter], fields: Sequence[str], order_by: str, start: int, rows: int
    ) -> Rows:
        query = {
            "fields": dump(fields),
            "filters": dump(filters_of(where)),
            "limit_start": str(start),
            "limit_page_length": str(rows),
            **({"order_by": order_by} if order_by else {}),
        }
        if len(urlencode(query)) <= MAX_QUERY_CHARS:
            reply = self._site.send(Call(verb="GET", path=resource_path(doctype), query=query), self._auth)
            return documents_in(answer_in(reply).get("data"))
        return documents_in(self._ask("frappe.client.get_list", {"doctype": doctype, **query}))

    def _logged_user(self) -> str:
        """Every signed-in user may ask for this, so that a refusal can only mean the key or the address."""
        try:
            found = self._ask("frappe.auth.get_logged_user", {})
        except ErpNotPermitted as error:
            raise CredentialsRefused(error.detail) from error
        except ErpNotFound as error:
            raise ContractBroken("no Frappe site answers at this address") from error
        if not isinstance(found, str) or not found:
            raise ContractBroken("the ERP does not say who the user is")
        if found == GUEST:
            raise CredentialsRefused("the ERP takes us for a guest")
        return found

    def _ask_version(self) -> str:
        found = self._ask("frappe.utils.change_log.get_versions", {})
        try:
            return str(found["erpnext"]["version"])
        except (KeyError, TypeError):
            raise ContractBroken("the ERP does not say its version, or is no ERPNext") from None


def _match(row: Mapping[str, Any]) -> Match:
    if not row.get("value"):
        raise ContractBroken("a search result has no name")
    return Match(
        name=str(row["value"]),
        title=plain_text(str(row.get("label") or "")),
        description=plain_text(str(row.get("description") or "")),
    )
