"""Typebot's conditions: the first branch that holds; each branch is a condition of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from executor_service.flows.importing.sketch import NOWHERE
from executor_service.flows.importing.typebot.book import Stand
from executor_service.flows.importing.typebot.file import Item
from shared.contracts.base import Json

OPERATORS: Mapping[str, str] = {
    "Equal to": "equals",
    "Not equal": "not_equals",
    "Contains": "contains",
    "Does not contain": "not_contains",
    "Greater than": "greater",
    "Greater or equal to": "greater_or_equal",
    "Less than": "less",
    "Less or equal to": "less_or_equal",
    "Is set": "not_empty",
    "Is empty": "empty",
    "Starts with": "starts_with",
    "Ends with": "ends_with",
    "Matches regex": "regex",
}
NEGATED = {"Does not match regex": "regex"}
"""Ours have no such comparison: the ways are exchanged, which only works for one that stands alone."""


def condition(stand: Stand) -> None:
    branches = [item for item in stand.block.items if isinstance(item.content, dict)]
    before: tuple[str, str] | None = None
    pen = stand.pen
    for item in branches:
        made = _branch(stand, item)
        if made is None:
            stand.pen.note("test_lost", what=_asked(item))
            continue
        config, exits = made
        node_id = pen.add("condition", config)
        pen = pen.below()
        if before is None:
            stand.book.sketch.stand(stand.place, node_id)
        else:
            place = f"{stand.place}/{node_id}"
            stand.book.sketch.stand(place, node_id)
            stand.book.sketch.lead(*before, place)
        line = stand.book.from_items.get(item.id)
        stand.book.sketch.lead(node_id, exits[0], stand.way_of(item) if line else NOWHERE)
        before = (node_id, exits[1])
    if before is None:
        stand.leave_out()
    else:
        stand.book.sketch.lead(*before, stand.following)


def _branch(stand: Stand, item: Item) -> tuple[Json, tuple[str, str]] | None:
    """The config with the exits for `holds` and `does not`; None for a branch that says nothing we know."""
    drawn = [one for one in item.content.get("comparisons", ()) if isinstance(one, dict)]
    comparisons = [_comparison(stand, one) for one in drawn]
    made = [one for one in comparisons if one is not None]
    if not made or len(made) < len(drawn):
        return None
    is_negated = any(one.get("comparisonOperator") in NEGATED for one in drawn)
    if is_negated and len(made) > 1:
        return None
    match = "any" if item.content.get("logicalOperator") == "OR" else "all"
    exits = ("false", "true") if is_negated else ("true", "false")
    return {"comparisons": made, "match": match}, exits


def _comparison(stand: Stand, drawn: Json) -> Json | None:
    left = stand.book.words.variable(drawn.get("variableId"))
    # what was never chosen in the editor compares with "Equal to"
    asked = drawn.get("comparisonOperator") or "Equal to"
    operator = OPERATORS.get(asked) or NEGATED.get(asked)
    if not left or operator is None:
        return None
    if operator in ("empty", "not_empty"):
        return {"left": left, "operator": operator}
    value = str(drawn.get("value", ""))
    right = _pattern(value) if operator == "regex" else stand.book.words.text(value)
    return {"left": left, "operator": operator, "right": right}


def _pattern(value: str) -> str:
    """Without the slashes and flags of JavaScript."""
    if value.startswith("/") and value.rfind("/") > 0:
        return value[1 : value.rfind("/")]
    return value


def _asked(item: Item) -> str:
    found: Sequence[Any] = item.content.get("comparisons", ()) if isinstance(item.content, dict) else ()
    return ", ".join(str(one.get("comparisonOperator")) for one in found if isinstance(one, dict)) or "?"
