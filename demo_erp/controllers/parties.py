"""Customers and leads."""

from __future__ import annotations

from demo_erp.controllers.base import Controller
from demo_erp.rows import save_row
from demo_erp.site import Call, Document
from demo_erp.validation import check_email


class CustomerController(Controller):
    """A customer speaks Spanish unless told otherwise and gets a contact from phone and e-mail."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Checks the e-mail address and fills in the language."""
        check_email(call, document.get("email_id"))
        document["language"] = document.get("language") or "es"

    def after_save(self, call: Call, document: Document, before: Document | None) -> None:
        """Makes the primary contact of a new customer that has a phone number or an e-mail address."""
        if before is not None or not (document.get("mobile_no") or document.get("email_id")):
            return
        title, name = document["customer_name"], document["name"]
        contact: Document = {
            **{key: document[key] for key in ("owner", "creation", "modified", "modified_by")},
            "name": f"{title}-{name}",
            "docstatus": 0,
            "idx": 0,
            "first_name": title,
            "full_name": title,
            "is_primary_contact": 1,
            "mobile_no": document.get("mobile_no"),
            "email_id": document.get("email_id"),
            "status": "Passive",
        }
        save_row(call, call.doctype("Contact"), contact, is_new=True)
        document["customer_primary_contact"] = contact["name"]
        save_row(call, call.doctype("Customer"), document, is_new=False)


class LeadController(Controller):
    """A lead's e-mail address must be one; its title is the name."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Checks the address and fills in the title."""
        check_email(call, document.get("email_id"))
        document["title"] = document.get("title") or document.get("company_name") or document.get("lead_name")
