"""Which lines of a statement of accounts tell a phone's reader something, and how deep they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MAX_LINES = 24
"""Lines of a statement on a phone; a longer one is told without its deepest accounts."""


@dataclass(frozen=True)
class Line:
    """One row: its place in the table and its depth as told. The heads of sections have depth 0."""

    place: int
    depth: int


def outline(depths: Sequence[int], amounts: Sequence[Decimal]) -> list[Line]:
    """The lines to tell of rows with these depths and amounts, in their order.

    Left out are the total of a section, which repeats its head, and all but one of an account and the only one below
    it when both have the same amount: the head of a section stays, else the lower one.
    """
    parents = _parents(depths)
    alone = _only_children_alike(parents, amounts)
    groups = {parent for parent in parents if parent is not None}
    hidden = {parents[child] for child in alone if depths[child] > 1}
    hidden |= {child for child in alone if depths[child] == 1 and child in groups}
    hidden |= _totals(depths, amounts, groups)
    lines: list[Line] = []
    told: dict[int, int] = {}
    for place, parent in enumerate(parents):
        above = min(depths[place], 1) - 1 if parent is None else told[parent]
        told[place] = above if place in hidden else above + 1
        if place not in hidden:
            lines.append(Line(place, told[place]))
    return _shortened(lines)


def _parents(depths: Sequence[int]) -> list[int | None]:
    """The place of the row above which each row stands below; nothing for heads."""
    parents: list[int | None] = []
    above: list[int] = []
    for place, depth in enumerate(depths):
        while above and depths[above[-1]] >= depth:
            above.pop()
        parents.append(above[-1] if above else None)
        above.append(place)
    return parents


def _only_children_alike(parents: Sequence[int | None], amounts: Sequence[Decimal]) -> list[int]:
    counts: dict[int, int] = {}
    for parent in parents:
        if parent is not None:
            counts[parent] = counts.get(parent, 0) + 1
    return [
        place
        for place, parent in enumerate(parents)
        if parent is not None and counts[parent] == 1 and amounts[place] == amounts[parent]
    ]


def _totals(depths: Sequence[int], amounts: Sequence[Decimal], groups: set[int]) -> set[int]:
    """Rows right after a section that have its head's amount."""
    totals: set[int] = set()
    head: int | None = None
    for place, depth in enumerate(depths):
        if depth:
            continue
        if head is not None and place not in groups and amounts[place] == amounts[head]:
            totals.add(place)
        head = place if place in groups else None
    return totals


def _shortened(lines: list[Line]) -> list[Line]:
    while len(lines) > MAX_LINES and (deepest := max(line.depth for line in lines)) > 1:
        lines = [line for line in lines if line.depth < deepest]
    return lines
