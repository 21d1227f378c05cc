"""Regular expressions that cannot hang: those that could are refused, the rest see only so much text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

MAX_PATTERN_CHARS = 300
MAX_TEXT_CHARS = {0: 4_000, 1: 2_000, 2: 400, 3: 120, 4: 60}
"""By the number of open-ended repeats: trying all ways costs about text ^ (repeats + 1)."""
MANY = 10
# the parser of `re` is the only description of a pattern that cannot disagree with it
ops: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
REPEATS = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})


class PatternRefused(ValueError):
    """A pattern that does not compile or that could take for ever; the message says which."""


class Pattern:
    """A compiled pattern. Upper and lower case are the same to it."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_PATTERN_CHARS:
            raise PatternRefused(f"longer than {MAX_PATTERN_CHARS} characters")
        try:
            parsed = parser.parse(text)
            self._compiled = re.compile(text, re.IGNORECASE)
        except (re.error, RecursionError, OverflowError) as error:
            raise PatternRefused(f"does not compile: {error}") from error
        repeats = _open_repeats(parsed, inside=False)
        if repeats not in MAX_TEXT_CHARS:
            raise PatternRefused("has too many open-ended repeats (* or +)")
        self._max_chars = MAX_TEXT_CHARS[repeats]

    def search(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text[: self._max_chars])


@lru_cache(maxsize=1_024)
def pattern(text: str) -> Pattern:
    """Raises PatternRefused."""
    return Pattern(text)


def _open_repeats(parsed: Any, *, inside: bool) -> int:
    """How many repeats have no small end; refuses repeats and alternatives inside of one, and back references."""
    count = 0
    for op, argument in parsed:
        if op in (ops.GROUPREF, ops.GROUPREF_EXISTS):
            raise PatternRefused("refers back to a group")
        if op in REPEATS:
            low, high, body = argument
            if inside and low != high:
                raise PatternRefused("repeats something that itself repeats")
            is_open = high == ops.MAXREPEAT or (high > MANY and low != high)
            count += is_open + _open_repeats(body, inside=inside or is_open or high > 1)
        elif op is ops.BRANCH:
            if inside:
                raise PatternRefused("repeats alternatives")
            count += sum(_open_repeats(one, inside=inside) for one in argument[1])
        else:
            count += sum(_open_repeats(one, inside=inside) for one in _bodies(argument))
    return count


def _bodies(argument: Any) -> Iterator[Any]:
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple):
        for one in argument:
            yield from _bodies(one)
