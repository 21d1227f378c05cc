"""Tables as PDF on A4 paper."""

from __future__ import annotations

from typing import BinaryIO

from fpdf import FPDF, FontFace
from fpdf.enums import Align, TableCellFillMode, XPos, YPos

from executor_service.outputs.fonts import dejavu_file, drawable
from executor_service.outputs.locales import cell_text
from shared.contracts.base import Language
from shared.contracts.results import NUMERIC_TYPES, Cell, Column, Table

MAX_CELL_CHARS = 120
_WIDE_COLUMNS = 5
"""A table with more columns lies across the paper."""
_SAMPLE_ROWS = 200
_FONT = "DejaVu"


def write_pdf(table: Table, out: BinaryIO, *, language: Language, locale: str) -> None:
    """Title and scope, then the rows under a header that each page repeats, the total, and numbered pages."""
    paper = _Paper("landscape" if len(table.columns) > _WIDE_COLUMNS else "portrait", format="A4")
    for style, file in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold")):
        paper.add_font(_FONT, style, dejavu_file(file))
    paper.set_title(table.title)
    paper.set_lang(language)
    paper.add_page()
    _heading(paper, table)
    lines = [[_text(cell, column, language, locale) for cell, column in _cells(row, table)] for row in table.rows]
    _grid(paper, table, lines, _total_line(table, language, locale))
    out.write(bytes(paper.output()))


class _Paper(FPDF):
    """Pages that say which they are, of how many."""

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(_FONT, size=8)
        self.cell(0, 8, f"{self.page_no()} / {{nb}}", align=Align.R)


def _heading(paper: FPDF, table: Table) -> None:
    for text, style, size in ((table.title, "B", 14), (table.scope, "", 9)):
        paper.set_font(_FONT, style=style, size=size)
        paper.multi_cell(0, size * 0.5, drawable(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(3)


def _grid(paper: FPDF, table: Table, lines: list[list[str]], total: list[str] | None) -> None:
    paper.set_font(_FONT, size=8)
    bold = FontFace(emphasis="BOLD")
    aligned = tuple(Align.R if column.type in NUMERIC_TYPES else Align.L for column in table.columns)
    widths = _widths(table, lines)
    with paper.table(
        text_align=aligned,
        col_widths=widths,
        line_height=5,
        headings_style=bold,
        borders_layout="HORIZONTAL_LINES",
        cell_fill_mode=TableCellFillMode.NONE,
    ) as grid:
        grid.row([drawable(column.label) for column in table.columns])
        for line in lines:
            grid.row(line)
        if total is not None:
            grid.row(total, style=bold)


def _widths(table: Table, lines: list[list[str]]) -> tuple[int, ...]:
    """Shares of the paper by the longest text of each column."""
    sample = lines[:_SAMPLE_ROWS]
    longest = (
        max([len(column.label) // 2, 8, *(len(line[place]) for line in sample)])
        for place, column in enumerate(table.columns)
    )
    return tuple(min(one, 40) for one in longest)


def _cells(row: tuple[Cell, ...], table: Table) -> list[tuple[Cell, Column]]:
    return list(zip(row, table.columns, strict=True))


def _total_line(table: Table, language: Language, locale: str) -> list[str] | None:
    if table.totals is None:
        return None
    return [_text(cell, column, language, locale) for cell, column in _cells(table.totals, table)]


def _text(cell: Cell, column: Column, language: Language, locale: str) -> str:
    flat = " ".join(cell_text(cell, column, language, locale).split())
    return drawable(flat if len(flat) <= MAX_CELL_CHARS else f"{flat[: MAX_CELL_CHARS - 1]}…")
