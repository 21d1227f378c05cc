"""What single DocTypes do beyond Frappe's general rules."""

from __future__ import annotations

from demo_erp.controllers.base import Controller
from demo_erp.controllers.masters import CommentController, ItemController
from demo_erp.controllers.parties import CustomerController, LeadController
from demo_erp.controllers.payment import PaymentController
from demo_erp.controllers.todo import ToDoController
from demo_erp.controllers.transaction import TransactionController
from demo_erp.controllers.workflow import PurchaseOrderController
from demo_erp.meta import DocType

__all__ = ["Controller", "controller_for"]


def controller_for(doctype: DocType) -> Controller:
    """The controller of a DocType; one without rules of its own for most."""
    special: dict[str, type[Controller]] = {
        "Customer": CustomerController,
        "Comment": CommentController,
        "Item": ItemController,
        "Lead": LeadController,
        "ToDo": ToDoController,
        "Quotation": TransactionController,
        "Sales Order": TransactionController,
        "Sales Invoice": TransactionController,
        "Purchase Invoice": TransactionController,
        "Purchase Order": PurchaseOrderController,
        "Payment Entry": PaymentController,
    }
    return special.get(doctype.name, Controller)()
