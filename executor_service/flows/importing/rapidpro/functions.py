"""The functions of RapidPro's formulas that have a counterpart here, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from executor_service.flows.importing.naming import quoted


def _filter(text: str) -> Callable[[Sequence[str]], str]:
    return lambda given: f"(({given[0]}) | {text})"


def _first(given: Sequence[str]) -> str:
    return given[0]


def _word(given: Sequence[str]) -> str:
    by = given[2] if len(given) > 2 else "' '"
    return f"(({given[0]}) | string).split({by})[{given[1]}]"


FUNCTIONS: Mapping[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "upper": (1, _filter("upper")),
    "lower": (1, _filter("lower")),
    "title": (1, _filter("title")),
    "proper": (1, _filter("title")),
    "trim": (1, _filter("trim")),
    "clean": (1, _filter("trim")),
    "abs": (1, _filter("abs")),
    "round": (1, _filter("round | int")),
    "text": (1, _filter("string")),
    "number": (1, _filter("float")),
    "length": (1, _filter("length")),
    "len": (1, _filter("length")),
    "text_length": (1, _filter("length")),
    "count": (1, _filter("length")),
    "word_count": (1, _filter("wordcount")),
    "url_encode": (1, _filter("urlencode")),
    "json": (1, _filter("tojson")),
    "parse_json": (1, _filter("fromjson")),
    "format": (1, _first),
    "format_number": (1, _first),
    "format_date": (1, _first),
    "format_datetime": (1, _first),
    "format_time": (1, _first),
    "format_urn": (1, _first),
    "read_chars": (1, _first),
    "date": (1, _first),
    "datetime": (1, _first),
    "first_word": (1, lambda given: _word([given[0], "0"])),
    "word": (2, _word),
    "field": (3, _word),
    "split": (1, lambda given: f"(({given[0]}) | string).split({given[1] if len(given) > 1 else ''})"),
    "join": (1, lambda given: f"(({given[0]}) | join({given[1] if len(given) > 1 else quoted('')}))"),
    "replace": (3, lambda given: f"(({given[0]}) | replace({given[1]}, {given[2]}))"),
    "default": (2, lambda given: f"(({given[0]}) or {given[1]})"),
    "if": (3, lambda given: f"({given[1]} if {given[0]} else {given[2]})"),
    "and": (1, lambda given: f"({' and '.join(given)})"),
    "or": (1, lambda given: f"({' or '.join(given)})"),
    "is_error": (1, lambda given: f"(({given[0]}) is empty)"),
    "max": (1, lambda given: f"max({', '.join(given)})"),
    "min": (1, lambda given: f"min({', '.join(given)})"),
    "array": (0, lambda given: f"[{', '.join(given)}]"),
    "concat": (1, lambda given: f"({' ~ '.join(given)})"),
    "concatenate": (1, lambda given: f"({' ~ '.join(given)})"),
    "today": (0, lambda _: "system.today"),
    "now": (0, lambda _: "system.now"),
}
"""The least number of arguments, and how it is written here."""
