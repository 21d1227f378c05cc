"""Reads the text of a MariaDB dump: tables, column types and rows, without a database server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Value = str | int | float | None

_COLUMN = re.compile(r"^  `(?P<name>[^`]+)` (?P<type>[a-z]+)(?P<size>\(\d+)?")
_CELL = re.compile(r"'((?:[^'\\]|\\.|'')*)'|(NULL)|(-?\d+\.\d+)|(-?\d+)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_UNESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a"}
_FRACTIONLESS = re.compile(r"^(.*\d\d:\d\d:\d\d)\.000000$")


@dataclass(frozen=True)
class Table:
    """One table of the dump. `columns` maps the name to its SQL type, e.g. `decimal` or `int(1`."""

    name: str
    columns: dict[str, str]
    rows: list[tuple[Value, ...]]

    @property
    def doctype(self) -> str:
        """The DocType that the table belongs to: Frappe prefixes every table with `tab`."""
        return self.name.removeprefix("tab")


def parse_dump(lines: Iterator[str]) -> list[Table]:
    """All tables of a dump in its order; every row stands on one line, as mysqldump writes them."""
    tables: list[Table] = []
    inserting = False
    for line in lines:
        if line.startswith("CREATE TABLE"):
            tables.append(Table(line.split("`")[1], {}, []))
        elif (column := _COLUMN.match(line)) and tables:
            tables[-1].columns[column["name"]] = column["type"] + (column["size"] or "")
        elif line.startswith("INSERT INTO"):
            inserting = True
        elif inserting and line.startswith("("):
            tables[-1].rows.append(_parse_row(line, list(tables[-1].columns.values())))
            inserting = not line.rstrip().endswith(";")
    return tables


def _parse_row(line: str, types: list[str]) -> tuple[Value, ...]:
    body = line.strip()[1:].rstrip(",;")[:-1]
    cells = tuple(_parse_cell(match) for match in _CELL.finditer(body))
    if len(cells) != len(types):
        raise ValueError(f"{len(cells)} cells for {len(types)} columns: {line[:80]}")
    return cells


def _parse_cell(match: re.Match[str]) -> Value:
    text, null, decimal, integer = match.groups()
    if null:
        return None
    if decimal is not None:
        return float(decimal)
    if integer is not None:
        return int(integer)
    return _drop_zero_fraction(_ESCAPE.sub(_unescape, text))


def _unescape(match: re.Match[str]) -> str:
    return "'" if match[1] is None else _UNESCAPED.get(match[1], match[1])


def _drop_zero_fraction(text: str) -> str:
    # The API writes whole seconds without the fraction that the column stores.
    whole = _FRACTIONLESS.match(text)
    return whole[1] if whole else text
