"""The lines of a chunk that answer a question, to be read on a phone. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from interpreter_service.knowledge.ranking import Asked
from interpreter_service.knowledge.terms import Stems, stems_of, words_of

LONGEST_QUOTE_CHARS = 420
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)")
ENDS = re.compile(r"[.!?:;)]$")
STOPS = re.compile(r"[.!?]$")
WRAPPED_CHARS = 55
"""A line that long without an end was cut by the page's width: the next one belongs to it."""
GAP = " … "


def quote(asked: Asked, text: str) -> str:
    """The sentences or lines with the most of the question's words, in their order; the start of a text with none."""
    units = _units(text)
    held = [_held(unit, asked) for unit in units]
    chosen: list[int] = []
    missing = set().union(*held) if held else set()
    room = LONGEST_QUOTE_CHARS
    while missing and room > 0:
        best = max(range(len(units)), key=lambda place: (_worth(held[place] & missing, asked), -place))
        if not held[best] & missing or best in chosen:
            break
        chosen.append(best)
        missing -= held[best]
        room -= len(units[best])
    return _shown(units, sorted(chosen) or [0])


def _units(text: str) -> list[str]:
    """Sentences, or lines where the text has none, those that the page's width cut put together."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and len(lines[-1]) >= WRAPPED_CHARS and not ENDS.search(lines[-1]):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return [sentence for line in lines for sentence in SENTENCES.split(line) if sentence.strip()] or [text]


def _held(unit: str, asked: Asked) -> set[Stems]:
    stems = {one for word in words_of(unit) for one in stems_of(word)}
    return {word for word in asked.weights if word & stems}


def _worth(words: set[Stems], asked: Asked) -> float:
    weights = asked.weights
    return sum(weights[word] for word in words)


def _shown(units: list[str], chosen: list[int]) -> str:
    """The units with a mark where something was left out; a single short line, perhaps a head, with the next one."""
    is_head = len(chosen) == 1 and len(units[chosen[0]]) < WRAPPED_CHARS and not STOPS.search(units[chosen[0]])
    if is_head and chosen[0] + 1 < len(units):
        chosen = [chosen[0], chosen[0] + 1]
    shown = units[chosen[0]].strip()
    for before, place in pairwise(chosen):
        shown += (" " if place == before + 1 else GAP) + units[place].strip()
    return shown if len(shown) <= LONGEST_QUOTE_CHARS else f"{shown[: LONGEST_QUOTE_CHARS - 1].rstrip()}…"
