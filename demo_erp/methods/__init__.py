"""The methods under `/api/method`, by their dotted names."""

from __future__ import annotations

from demo_erp.errors import FrappeError
from demo_erp.mapping import mappers
from demo_erp.methods import (
    bulk,
    client,
    desk,
    domain,
    files,
    forms,
    item_details,
    mail,
    payments,
    prepared,
    printing,
    report,
    workflow,
)
from demo_erp.site import Call, Method

_REAL_BUT_NOT_SERVED = (
    "login",
    "erpnext.accounts.doctype.sales_invoice.sales_invoice.make_sales_return",
)
_OF_THE_FRAMEWORK = ("frappe.utils.", "frappe.model.", "frappe.db.")


def find_method(call: Call, name: str, verb: str) -> Method:
    """The method of a name. Raises what Frappe answers for unknown ones, guests and wrong verbs."""
    open_to_guests: dict[str, Method] = {"ping": desk.ping}
    if name in open_to_guests:
        return open_to_guests[name]
    if call.is_guest:
        raise _not_whitelisted(call, name)
    writing = _writing()
    if name in writing and verb == "GET":
        text = call.say("not_permitted")
        raise FrappeError(403, "frappe.exceptions.PermissionError", text, (call.message(text),))
    method = writing.get(name) or _reading().get(name)
    if method is None:
        raise _unknown(call, name)
    return method


def _reading() -> dict[str, Method]:
    return {
        "frappe.auth.get_logged_user": desk.get_logged_user,
        "frappe.utils.change_log.get_versions": desk.get_versions,
        "frappe.core.doctype.user.user.get_roles": desk.get_roles,
        "frappe.desk.reportview.get_count": desk.get_count,
        "frappe.desk.search.search_link": desk.search_link,
        "frappe.desk.form.load.getdoctype": forms.get_doctype,
        "frappe.client.get_list": client.get_list,
        "frappe.client.get": client.get,
        "frappe.client.get_value": client.get_value,
        "frappe.client.get_count": client.get_count,
        "frappe.client.has_permission": client.has_permission,
        **mappers(),
        "frappe.desk.query_report.run": report.run,
        "frappe.utils.print_format.download_pdf": printing.download_pdf,
        "frappe.model.workflow.get_transitions": workflow.get_transitions,
        "erpnext.stock.utils.get_stock_balance": domain.get_stock_balance,
        "erpnext.accounts.utils.get_balance_on": domain.get_balance_on,
        "erpnext.stock.get_item_details.get_item_details": item_details.get_item_details,
        "erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry": payments.get_payment_entry,
    }


def _writing() -> dict[str, Method]:
    return {
        "frappe.client.insert": client.insert,
        "frappe.client.insert_many": client.insert_many,
        "frappe.client.set_value": client.set_value,
        "frappe.client.delete": client.delete,
        "frappe.client.submit": client.submit,
        "frappe.client.cancel": client.cancel,
        "frappe.core.doctype.prepared_report.prepared_report.make_prepared_report": prepared.make_prepared_report,
        "frappe.client.bulk_update": bulk.bulk_update,
        "frappe.desk.form.assign_to.add": bulk.assign_to,
        "frappe.core.doctype.communication.email.make": mail.make,
        "upload_file": files.upload_file,
        "frappe.model.workflow.apply_workflow": workflow.apply_workflow,
    }


def _not_whitelisted(call: Call, name: str) -> FrappeError:
    text = call.say("not_whitelisted", method=name)
    message = call.message(text, title="not_whitelisted_title")
    return FrappeError(403, "frappe.exceptions.PermissionError", text, (message,))


def _unknown(call: Call, name: str) -> FrappeError:
    """Frappe's own modules exist but are not open to callers; anything else is no module at all."""
    if name in _REAL_BUT_NOT_SERVED:
        return call.refuse("feature_not_served", feature=name)
    if name.startswith(_OF_THE_FRAMEWORK):
        return _not_whitelisted(call, name)
    module = name.rpartition(".")[0]
    reason = f"No module named '{module}'" if module else f"'{name}'"
    return call.refuse("method_failed", method=name, reason=reason)
