"""Which options a person's words mean: by id, value, exact text, number, then folded text. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from executor_service.flows.session_model import WaitOption
from shared.language.folding import fold

EDGES = re.compile(r"^[\s¡¿!?.,;:()*]+|[\s!?.,;:()*]+$")
SEPARATORS = re.compile(r"[,;\n/&+]| y | e | and ", re.IGNORECASE)


def match_option(said: str, options: Sequence[WaitOption]) -> WaitOption | None:
    """The one option that a whole message names; None when it names none, or two alike."""
    text = said.strip()
    if not text:
        return None
    exact: tuple[Callable[[WaitOption], bool], ...] = (
        lambda one: one.id == text,
        lambda one: bool(one.value) and one.value == text,
        lambda one: one.title == text,
    )
    for is_meant in exact:
        found = [one for one in options if is_meant(one)]
        if len(found) == 1:
            return found[0]
    plain = _plain(text)
    if plain.isascii() and plain.isdigit() and 1 <= int(plain) <= len(options):
        return options[int(plain) - 1]
    found = [one for one in options if plain and plain in (_plain(one.title), _plain(one.value))]
    return found[0] if len(found) == 1 else None


def match_options(said: str, options: Sequence[WaitOption]) -> tuple[WaitOption, ...]:
    """All options that a message lists, in the order of the options, in any mix of ways; empty when a part is none."""
    single = match_option(said, options)
    if single is not None:
        return (single,)
    left, chosen = said, set()
    for option in sorted(options, key=lambda one: -len(one.title)):  # longest first: "ham and cheese" before "ham"
        if option.title and option.title in left:
            left = left.replace(option.title, ",", 1)
            chosen.add(option.id)
    for part in SEPARATORS.split(left):
        if not _plain(part):
            continue
        one = match_option(part, options)
        if one is None:
            return ()
        chosen.add(one.id)
    return tuple(one for one in options if one.id in chosen)


def _plain(text: str) -> str:
    return EDGES.sub("", fold(text))
