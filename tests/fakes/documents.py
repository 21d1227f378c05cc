"""Files as people upload them to the knowledge base."""

from __future__ import annotations

import io
import zipfile

import docx
from fpdf import FPDF

PRICES = "Lista de precios 2026.pdf"
PRICE_PAGES = (
    "Lista de precios 2026\nCemento Sol 42.5 kg: S/ 28.50\nFierro corrugado de media pulgada: S/ 41.00",
    "Herramientas\nMartillo de uña: S/ 35.00\nSierra circular: S/ 420.00. Garantía de la sierra circular: 12 meses.",
    "Taladro percutor 13 mm: S/ 389.00\nGarantía del taladro percutor: 24 meses contra defectos de\n"
    "fabricación, con la boleta de compra.\nHorario de atención: lunes a sábado de 8 a 18 h.",
)


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with a page for each text; a page without one is empty, as a scan is to a reader of text."""
    made = FPDF()
    made.set_font("helvetica", size=12)
    for page in pages:
        made.add_page()
        if page:
            made.multi_cell(0, 8, page)
    if password:
        made.set_encryption(owner_password=f"owner of {password}", user_password=password)
    return bytes(made.output())


def price_list() -> bytes:
    return pdf(*PRICE_PAGES)


def word(*parts: tuple[str, str], table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word document of headings, each with a paragraph, and a table at the end."""
    made = docx.Document()
    for heading, text in parts:
        made.add_heading(heading, 1)
        made.add_paragraph(text)
    if table:
        grid = made.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                grid.cell(row, column).text = cell
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def word_bomb(unpacked: int) -> bytes:
    """A small Word document whose text unpacks to this many bytes."""
    plain, kept = io.BytesIO(word(("Uno", "dos"))), io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"dos", b"a" * unpacked)
            new.writestr(name, data)
    return kept.getvalue()
