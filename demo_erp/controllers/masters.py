"""Items and comments."""

from __future__ import annotations

from demo_erp.controllers.base import Controller
from demo_erp.site import Call, Document


class ItemController(Controller):
    """An item without a unit of measure gets the one of the stock settings."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Fills in the unit and the name."""
        document["stock_uom"] = document.get("stock_uom") or "Unidad(es)"
        document["item_name"] = document.get("item_name") or document.get("item_code")
        document["description"] = document.get("description") or document["item_name"]


class CommentController(Controller):
    """A comment is signed by who writes it."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Fills in the author."""
        document["comment_email"] = document.get("comment_email") or call.person.user
