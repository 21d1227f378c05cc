"""The moments of a document's life at which a DocType may act."""

from __future__ import annotations

from demo_erp.site import Call, Document


class Controller:
    """Does nothing special; special DocTypes override what concerns them. Methods may raise FrappeError."""

    def check_create(self, call: Call, document: Document) -> None:
        """Before a new document gets its name."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Before every save of a draft; `before` is None for a new document. Fills in what is computed."""

    def after_save(self, call: Call, document: Document, before: Document | None) -> None:
        """After a draft was written."""

    def on_submit(self, call: Call, document: Document) -> None:
        """When the document becomes binding."""

    def on_cancel(self, call: Call, document: Document) -> None:
        """When a submitted document is withdrawn."""
