"""RapidPro's tests as comparisons of ours: `has_any_word` is a pattern, `has_number_gt` is `greater`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from executor_service.flows.importing.naming import literal
from executor_service.flows.importing.rapidpro.file import Case
from executor_service.flows.operators import Operator
from shared.contracts.base import Json

MAX_PATTERN_CHARS = 280
EDGE_BEFORE, EDGE_AFTER = r"(?<!\w)", r"(?!\w)"
NUMBERS: Mapping[str, Operator] = {
    "has_number_eq": "equals",
    "has_number_lt": "less",
    "has_number_lte": "less_or_equal",
    "has_number_gt": "greater",
    "has_number_gte": "greater_or_equal",
}
NUMBER_TESTS = frozenset({"has_number", "has_number_between", *NUMBERS})
READ_AS = {"has_email": "validate_email", "has_phone": "validate_phone", "has_date": "validate_date"}
"""Tests that take a value out of a sentence, where they stand alone."""


@dataclass(frozen=True)
class Comparison:
    """`left` overrides what the router looks at."""

    operator: Operator
    value: str = ""
    high: str = ""
    left: str = ""

    def with_left(self, left: str) -> Json:
        return {"left": self.left or left, "operator": self.operator, "right": self.value, "high": self.high}


Group = tuple[Comparison, ...]
"""All of them must hold."""
Render = Callable[[str], str]


def groups_of(case: Case, render: Render) -> list[Group]:
    """The comparisons of which one group must hold; none for a test that has no counterpart."""
    make = TESTS.get(case.type)
    return make([one for one in case.arguments if one.strip()], render) if make else []


def _alone(operator: Operator, left: str = "") -> Callable[[Sequence[str], Render], list[Group]]:
    return lambda arguments, render: [(Comparison(operator, left=left),)]


def _with_value(operator: Operator) -> Callable[[Sequence[str], Render], list[Group]]:
    return lambda arguments, render: [(Comparison(operator, render(one)),) for one in arguments[:1]]


def _any_word(arguments: Sequence[str], render: Render) -> list[Group]:
    words = [re.escape(word) for argument in arguments for word in _words(argument)]
    return [(Comparison("regex", literal(one)),) for one in _alternatives(words)]


def _all_words(arguments: Sequence[str], render: Render) -> list[Group]:
    words = [re.escape(word) for argument in arguments for word in _words(argument)]
    return [tuple(Comparison("regex", literal(_whole(word))) for word in words)] if words else []


def _phrase(arguments: Sequence[str], render: Render) -> list[Group]:
    phrases = [r"\W{1,5}".join(map(re.escape, _words(argument))) for argument in arguments]
    return [(Comparison("regex", literal(_whole(one))),) for one in phrases if one]


def _pattern(arguments: Sequence[str], render: Render) -> list[Group]:
    return [(Comparison("regex", literal(one)),) for one in arguments[:1]]


def _between(arguments: Sequence[str], render: Render) -> list[Group]:
    return [(Comparison("between", render(arguments[0]), render(arguments[1])),)] if len(arguments) > 1 else []


def _category(arguments: Sequence[str], render: Render) -> list[Group]:
    return [(Comparison("equals", render(one)),) for one in arguments]


def _group(arguments: Sequence[str], render: Render) -> list[Group]:
    """The arguments are the group's id and its name."""
    return [(Comparison("contains", render(one), left="contact.groups"),) for one in arguments[-1:]]


def _media(kind: str) -> Callable[[Sequence[str], Render], list[Group]]:
    return _fixed("equals", kind, "message.media")


def _fixed(operator: Operator, value: str, left: str = "") -> Callable[[Sequence[str], Render], list[Group]]:
    return lambda arguments, render: [(Comparison(operator, value, left=left),)]


TESTS: Mapping[str, Callable[[Sequence[str], Render], list[Group]]] = {
    "has_text": _alone("not_empty"),
    "has_value": _alone("not_empty"),
    "has_any_word": _any_word,
    "has_all_words": _all_words,
    "has_phrase": _phrase,
    "has_only_phrase": _with_value("equals"),
    "has_only_text": _with_value("equals"),
    "has_beginning": _with_value("starts_with"),
    "has_pattern": _pattern,
    "has_number": _fixed("regex", r"\d"),
    "has_number_between": _between,
    **{name: _with_value(operator) for name, operator in NUMBERS.items()},
    "has_email": _fixed("regex", r"[^@\s]+@[^@\s]+\.\w"),
    "has_phone": _fixed("regex", r"\+?\d[\d\s().-]{6,20}"),
    "has_date": _fixed("regex", r"\d{1,4}[-/.]\d{1,2}"),
    "has_time": _fixed("regex", r"\d{1,2}[:.h]\d{2}"),
    "has_category": _category,
    "has_group": _group,
    "has_location": _fixed("equals", "location", "message.kind"),
    "has_media": _fixed("equals", "media", "message.kind"),
    "has_image": _media("image"),
    "has_audio": _media("audio"),
    "has_video": _media("video"),
    "has_file": _media("document"),
}


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", text) if word]


def _whole(alternatives: str) -> str:
    return f"{EDGE_BEFORE}(?:{alternatives}){EDGE_AFTER}"


def _alternatives(words: Sequence[str]) -> list[str]:
    """Patterns that together look for all the words, none longer than a pattern may be."""
    patterns: list[str] = []
    taken: list[str] = []
    for word in words:
        if taken and len("|".join([*taken, word])) > MAX_PATTERN_CHARS:
            patterns.append(_whole("|".join(taken)))
            taken = []
        taken.append(word)
    return [*patterns, _whole("|".join(taken))] if taken else patterns
