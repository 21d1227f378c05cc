"""Changing documents over Frappe's REST API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from executor_service.erp.encoding import answer_in, document_in, method_path, storable
from executor_service.erp.faults import warnings_in
from executor_service.erp.forms import encode_form
from executor_service.erp.frappe_calls import FrappeCalls
from executor_service.erp.protocol import Document, Said, Saved
from executor_service.erp.transport import Call, Reply
from shared.errors import ContractBroken, InvalidArguments, UnknownOutcome


class FrappeWrites(FrappeCalls):
    """The changing half of an `Erp`; each call is sent once."""

    def insert(self, doctype: str, values: Document) -> Saved:
        return self._write("frappe.client.insert", {"doc": {**storable(values), "doctype": doctype}})

    def update(self, doctype: str, name: str, changes: Document) -> Saved:
        body = {"doctype": doctype, "name": name, "fieldname": storable(changes)}
        return self._write("frappe.client.set_value", body)

    def submit(self, document: Document) -> Saved:
        if not document.get("doctype") or not document.get("name"):
            raise InvalidArguments("only a whole document can be submitted: the ERP saves it as it is sent")
        return self._write("frappe.client.submit", {"doc": dict(document)})

    def cancel(self, doctype: str, name: str) -> Saved:
        return self._write("frappe.client.cancel", {"doctype": doctype, "name": name})

    def delete(self, doctype: str, name: str) -> None:
        self._act("frappe.client.delete", {"doctype": doctype, "name": name})

    def attach(self, doctype: str, name: str, filename: str, data: bytes) -> Saved:
        fields = {"doctype": doctype, "docname": name, "is_private": "1", "folder": "Home/Attachments"}
        body, content_type = encode_form(fields, filename=filename, data=data)
        call = Call(verb="POST", path=method_path("upload_file"), body=body, content_type=content_type, writes=True)
        return self._saved(self._site.send(call, self._auth))

    def act(self, method: str, arguments: Mapping[str, Any]) -> Said:
        reply = self._act(method, arguments)
        try:
            body = answer_in(reply)
        except ContractBroken as error:
            raise UnknownOutcome("the ERP accepted it, but its answer cannot be read") from error
        return Said(value=body.get("message"), warnings=warnings_in(body))

    def _write(self, method: str, body: Mapping[str, Any]) -> Saved:
        return self._saved(self._act(method, body))

    def _saved(self, reply: Reply) -> Saved:
        try:
            body = answer_in(reply)
            saved = Saved(document_in(body.get("message")))
        except ContractBroken as error:
            raise UnknownOutcome("the ERP accepted it, but its answer cannot be read") from error
        saved.warnings = warnings_in(body)
        return saved
