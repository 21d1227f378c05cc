"""Names that may be one thing or another: each call that is meant is tried, and the ERP says which name it has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from interpreter_service.calls import Calls
from interpreter_service.nouns import Turn
from interpreter_service.offline.model import Option
from interpreter_service.outcomes import Done, Failed, Outcome, Refused
from interpreter_service.together import made_together
from shared.contracts.results import Text
from shared.errors import NoMatch

LOOK_STEP = "look"
"""Part of the keys of calls that are only tried."""


def differ_by_a_name(options: Sequence[Option]) -> bool:
    """Whether the options are whole questions that put the same words into different places: customer or supplier."""
    if len(options) < 2 or any(one.tool.effect != "read" or one.tool.lasting or one.missing for one in options):
        return False
    named = [_named(one) for one in options]
    places = [frozenset((one.tool.name, name) for name in words) for one, words in zip(options, named, strict=True)]
    shared = set.intersection(*(set(words.values()) for words in named))
    return bool(shared) and len(set(places)) == len(places)


def looked_up(calls: Calls, turn: Turn, options: Sequence[Option]) -> list[tuple[Option, Outcome]]:
    """The options whose name the ERP has, with what each comes to."""
    tried = made_together(
        {
            place: partial(calls.make, turn, f"{LOOK_STEP}.{place}", one.tool.name, dict(one.arguments))
            for place, one in enumerate(options, start=1)
        }
    )
    return [
        (options[place - 1], outcome)
        for place, outcome in tried.items()
        if not (isinstance(outcome, Refused) or _is_unknown(outcome))
    ]


def shows_nothing(outcome: Outcome) -> bool:
    """Whether an earlier result in another form has no line left: then only words tell so."""
    results = outcome.task.results if isinstance(outcome, Done) else ()
    return bool(results) and all(isinstance(one, Text) for one in results)


def _is_unknown(outcome: Outcome) -> bool:
    error = outcome.task.error if isinstance(outcome, Failed) else None
    return error is not None and error.reason == NoMatch.code


def _named(option: Option) -> dict[str, str]:
    """The words given for documents of the ERP, by parameter."""
    properties: dict[str, dict[str, Any]] = option.tool.parameters.get("properties", {})
    return {
        name: value
        for name, value in option.arguments.items()
        if isinstance(value, str) and _is_link(properties.get(name, {}))
    }


def _is_link(schema: dict[str, Any]) -> bool:
    variants = [schema, *schema.get("anyOf", ())]
    return any(one.get("x-semantic") == "link" for one in variants)
