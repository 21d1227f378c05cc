"""What tools may ask of the ERP's database: parametrised questions, read-only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

Row = tuple[Any, ...]
"""DECIMAL is Decimal, DATE a date, DATETIME a naive datetime in the site's zone, NULL None."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a question gave; `columns` in the order of the question, names may repeat."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Stream(Protocol):
    """Rows as they arrive: a million of them take no more memory than a hundred."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    def __iter__(self) -> Iterator[Row]: ...


class Reading(Protocol):
    """Several questions over one unchanging state of the data, one after the other; 15 minutes each.

    In a stream DECIMAL comes as float, which a spreadsheet holds anyway: exact sums are asked of the server by `rows`
    before, as afterwards they would come as floats too.
    """

    def rows(self, sql: str, /, *, limit: int = 1000, **parameters: Any) -> list[dict[str, Any]]: ...

    def stream(self, sql: str, /, **parameters: Any) -> AbstractContextManager[Stream]: ...


class Database(Protocol):
    """The database of the connection's ERP, with none of the ERP's permissions: only whole groups may use it.

    Values go into `parameters`, never into the text: `rows("SELECT ... WHERE company = :company", company=name)`.
    A colon that is no parameter is written `\\\\:` in a text with parameters. Any method can raise
    DatabaseUnreachable, DatabaseRefused, HostKeyRefused, QueryRefused or TimeLimitExceeded.
    """

    def rows(self, sql: str, /, *, limit: int = 1000, **parameters: Any) -> list[dict[str, Any]]:
        """The first rows of one SELECT, at most 10,000; the server stops it after 10 seconds."""
        ...

    def reading(self) -> AbstractContextManager[Reading]:
        """For exports: rows without a limit."""
        ...

    def ask(self, sql: str, *, limit: int = 100) -> Answer:
        """A question that somebody else wrote, at most 500 rows: it must be one SELECT over allowed tables, columns
        and functions; raises QueryRefused that says what to change.
        """
        ...

    def columns_of(self, table: str) -> dict[str, str]:
        """The columns of a table that `ask` may name, with their types, custom fields too; none for a missing table.

        Raises QueryRefused for a table that may not be asked.
        """
        ...
