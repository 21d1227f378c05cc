"""Draws a document on A4 paper from its own fields: heading, party, rows and totals."""

from __future__ import annotations

from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from demo_erp.meta import DocType
from demo_erp.site import COMPANY

_HEAD = (
    "customer_name",
    "supplier_name",
    "party_name",
    "tax_id",
    "posting_date",
    "transaction_date",
    "due_date",
    "delivery_date",
    "schedule_date",
    "mode_of_payment",
    "reference_no",
    "status",
)
_TOTALS = ("net_total", "total_taxes_and_charges", "grand_total", "rounded_total", "outstanding_amount", "paid_amount")
_WIDTHS = (28, 82, 20, 30, 30)


def draw(doctype: DocType, document: dict[str, Any], language: str) -> bytes:
    """The bytes of a one- or many-page PDF."""
    paper = FPDF(format="A4")
    paper.pdf_version = "1.4"
    paper.set_title(str(document["name"]))
    paper.add_page()
    _line(paper, COMPANY, 11)
    _line(paper, f"{doctype.label_in(language)} {document['name']}", 16)
    for name in _HEAD:
        if document.get(name) not in (None, ""):
            _line(paper, f"{_label(doctype, name, language)}: {document[name]}", 10)
    _rows(paper, document.get("items") or [])
    for name in _TOTALS:
        if document.get(name) is not None:
            currency = document.get("currency") or "PEN"
            _line(paper, f"{_label(doctype, name, language)}: {currency} {document[name]:,.2f}", 10)
    return bytes(paper.output())


def _rows(paper: FPDF, rows: list[dict[str, Any]]) -> None:
    paper.ln(4)
    paper.set_font("Helvetica", size=9)
    for row in rows:
        cells = (
            str(row["item_code"]),
            str(row["item_name"]),
            f"{row['qty']:g} {row['uom']}",
            f"{row['rate']:,.2f}",
            f"{row['amount']:,.2f}",
        )
        for width, text in zip(_WIDTHS, cells, strict=True):
            paper.cell(width, 6, _latin(text)[:48], border=1, new_x=XPos.RIGHT, new_y=YPos.TOP)
        paper.ln(6)
    paper.ln(4)


def _line(paper: FPDF, text: str, size: int) -> None:
    paper.set_font("Helvetica", size=size)
    paper.cell(0, size * 0.6, _latin(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _latin(text: str) -> str:
    # The built-in fonts know Latin-1 only; every text of the demo company fits.
    return text.encode("latin-1", "replace").decode("latin-1")


def _label(doctype: DocType, name: str, language: str) -> str:
    field = doctype.by_name.get(name)
    return field.label_in(language) if field else name
