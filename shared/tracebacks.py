"""Tracebacks that may be written down: where it happened and what kind of error, without what the error says.

The text of an exception often repeats the value that was wrong: a person's words, a name or a figure of the ERP.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from shared.redaction import REDACTED

ABOUT_CODE = (AttributeError, ImportError, NameError, SyntaxError, MemoryError, RecursionError)
"""Their texts, as the interpreter makes them, speak of names in the code."""
MAX_CHAIN = 5


def told(error: BaseException) -> str:
    """The traceback of an error and of those that led to it, the first one first."""
    return "\nthen, while that was handled:\n".join(reversed([_one(each) for each in _chain(error)]))


def _chain(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    for _ in range(MAX_CHAIN):
        if each is None:
            return
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _one(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{frames}{type(error).__module__}.{type(error).__qualname__}: {_said(error)}"


def _said(error: BaseException) -> str:
    if isinstance(error, ABOUT_CODE):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or REDACTED
    if isinstance(error, SQLAlchemyError):
        # what follows the first line of the database may show a row
        return str(error).partition("\n")[0]
    own = getattr(error, "told", None)
    return own if isinstance(own, str) else REDACTED
