"""The methods and functions that templates may call; nothing else of Python can be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.templates.budget import Budget


@dataclass(frozen=True)
class Callable_:
    """A function that templates may call: its first parameter is the budget."""

    name: str
    run: Callable[..., Any]


def _text_replace(budget: Budget, text: str, old: str, new: str) -> str:
    budget.expect(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


def _of(name: str) -> Callable[..., Any]:
    def run(_budget: Budget, value: Any, *args: Any) -> Any:
        result = getattr(value, name)(*args)
        return list(result) if name in {"keys", "values", "items"} else result

    return run


_TEXT = ("lower", "upper", "strip", "lstrip", "rstrip", "title", "capitalize", "split", "startswith", "endswith")
TEXT_METHODS: Mapping[str, Callable[..., Any]] = {
    **{name: _of(name) for name in (*_TEXT, "find", "count", "isdigit")},
    "replace": _text_replace,
}
MAPPING_METHODS: Mapping[str, Callable[..., Any]] = {name: _of(name) for name in ("get", "keys", "values", "items")}
LOOP_FIELDS = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"})


def find_method(value: Any, name: str) -> Callable_ | None:
    methods = TEXT_METHODS if isinstance(value, str) else MAPPING_METHODS if isinstance(value, Mapping) else {}
    run = methods.get(name)
    return Callable_(name, lambda budget, *args: run(budget, value, *args)) if run else None


def functions() -> dict[str, Callable_]:
    """The functions of every template, by name."""
    return {
        "range": Callable_("range", lambda _budget, *bounds: list(range(*bounds))),
        "min": Callable_("min", lambda _budget, *values: min(*values)),
        "max": Callable_("max", lambda _budget, *values: max(*values)),
    }
