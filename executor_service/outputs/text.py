"""Results as short texts for a phone."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from executor_service.outputs.locales import cell_text
from executor_service.outputs.statement import statement_lines
from executor_service.outputs.texts import executor_texts
from shared.contracts.base import Language
from shared.contracts.results import (
    NUMERIC_TYPES,
    Approval,
    Cell,
    Chart,
    Choice,
    Column,
    File,
    Passages,
    Result,
    Table,
    Text,
)

MAX_LINES = 12
CUT_LINES = 10
"""Lines of a table that has more than `MAX_LINES`: two more would take no more room than saying so."""
MAX_CELL_CHARS = 60
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the order around in which letters and figures are shown."""


def render_text(result: Result, language: Language, *, locale: str, has_sheet: bool = False) -> str:
    """The result in words. `has_sheet` says that a spreadsheet with all rows goes with it.

    A table's lines show its label and its measure; the columns that stand between the two are told in brackets.
    """
    match result:
        case Text():
            return result.text
        case Table():
            return _table(result, language, locale, has_sheet)
        case Chart():
            return result.title
        case File():
            return result.caption or result.filename
        case Choice():
            return result.question
        case Approval():
            return _approval(result, language, locale)
        case Passages():
            return _passages(result, language)


def _passages(found: Passages, language: Language) -> str:
    """Each quote with the file and page it is from; that there is nothing, where there is none."""
    if not found.passages:
        return executor_texts().say(language, "knowledge_none")
    head = executor_texts().say(language, "knowledge_found")
    return "\n\n".join([head, *(f"«{one.quote}»\n📄 {one.place}" for one in found.passages)])


def _table(table: Table, language: Language, locale: str, has_sheet: bool) -> str:
    lines = [f"*{table.title}*", *([table.scope] if table.scope else [])]
    if table.truncated:
        key = "table_top" if _is_ranking(table) else "table_shown"
        lines.append(executor_texts().say(language, key, shown=len(table.rows), total=table.row_count))
    lines.append("")
    if table.depths:
        lines += statement_lines(table, lambda row, place: _told(table, row, place, language, locale))
    else:
        lines += _numbered(table, language, locale, has_sheet)
    total = _total(table, language, locale)
    return "\n".join([*lines, "", total] if total else lines).strip()


def _numbered(table: Table, language: Language, locale: str, has_sheet: bool) -> list[str]:
    shown = table.rows if len(table.rows) <= MAX_LINES else table.rows[:CUT_LINES]
    lines = [f"{place}. {_line(table, row, language, locale)}" for place, row in enumerate(shown, 1)]
    more = len(table.rows) - len(shown)
    if more:
        key = "table_more_in_sheet" if has_sheet else "table_more"
        lines.append(executor_texts().say(language, key, count=more))
    return lines


def _told(table: Table, row: tuple[Cell, ...], place: int, language: Language, locale: str) -> str:
    return _short(cell_text(row[place], table.columns[place], language, locale))


def _is_ranking(table: Table) -> bool:
    """Whether the rows are parts of a total and fall by their measure, so that the first ones are the top."""
    names = [column.name for column in table.columns]
    if table.totals is None or table.measure not in names:
        return False
    place = names.index(table.measure)
    values = [Decimal(row[place] or 0) for row in table.rows]
    return all(first >= second for first, second in pairwise(values))


def _line(table: Table, row: tuple[Cell, ...], language: Language, locale: str) -> str:
    names = [column.name for column in table.columns]
    label = names.index(table.label) if table.label in names else 0
    measure = names.index(table.measure) if table.measure in names else None
    text = _short(cell_text(row[label], table.columns[label], language, locale)) or "—"
    if measure is None:
        details = [(row[place], table.columns[place]) for place in range(len(names)) if place != label]
    else:
        value = cell_text(row[measure], table.columns[measure], language, locale)
        text = f"{text} — {value}" if value else text
        details = [(row[place], table.columns[place]) for place in range(label + 1, measure)]
    told = [one for one in (_detail(cell, column, language, locale) for cell, column in details) if one]
    return f"{text} ({'; '.join(told)})" if told else text


def _detail(cell: Cell, column: Column, language: Language, locale: str) -> str:
    """A cell in brackets: figures with their name, empty and zero ones not at all."""
    if cell is None or cell == "":
        return ""
    text = _short(cell_text(cell, column, language, locale))
    if column.type not in NUMERIC_TYPES:
        return text
    if Decimal(cell) == 0:
        return ""
    return text if column.type == "percent" else f"{column.label}: {text}"


def _total(table: Table, language: Language, locale: str) -> str:
    names = [column.name for column in table.columns]
    if table.totals is None or table.measure not in names:
        return ""
    measure = names.index(table.measure)
    value = cell_text(table.totals[measure], table.columns[measure], language, locale)
    if not value:
        return ""
    total = executor_texts().say(language, "total")
    name = (table.totals[names.index(table.label)] if table.label in names else None) or total
    if table.truncated and name == total:  # else it would be read as the sum of the few rows above
        name = executor_texts().say(language, "total_of_all", total=table.row_count)
    return f"*{name}: {value}*"


def _approval(card: Approval, language: Language, locale: str) -> str:
    column = Column(name="amount", label="", type="money", currency=card.currency)
    amount = cell_text(card.amount, column, language, locale) if card.amount else ""
    known = {"document": card.document, "party": card.party, "amount": amount, "company": card.company}
    lines = [
        executor_texts().say(language, f"approval_{name}", value=flat(value)) for name, value in known.items() if value
    ]
    return "\n".join([f"*{flat(card.action)}*", *lines, *map(flat, card.details)])


def flat(text: str) -> str:
    """The text as one line that reads in the order it is written: a name must not write lines of the card itself."""
    return " ".join(DIRECTIONS.sub("", text).split())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_CELL_CHARS else f"{line[: MAX_CELL_CHARS - 1]}…"
