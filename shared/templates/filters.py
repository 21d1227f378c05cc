"""The filters and tests that templates may use; all others do not exist for them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from jinja2 import Undefined
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.tests import TESTS
from jinja2.utils import pass_context

from shared.templates.budget import Budget
from shared.templates.errors import TemplateFailed
from shared.templates.operators import is_number
from shared.templates.plain import to_json, to_text

BUDGET = "\x00budget"
"""The name under which a rendering's budget stands in its context; no template can write it."""
INTERNAL = {"weighed": "_weighed", "joined": "_joined", "cut": "_cut", "tick": "_tick"}

_TAKEN_FILTERS = (
    "abs capitalize count d default first float int last length list lower map max min reject rejectattr reverse round"
    " select selectattr sort sum title trim truncate unique upper wordcount"
)
_TAKEN_TESTS = (
    "boolean defined eq equalto false float ge greaterthan gt in integer le lessthan lower lt mapping ne none number"
    " sequence string true undefined upper == != < <= > >="
)


_COUNTING = frozenset({"range", "round", "truncate"})


def budget_of(context: Context) -> Budget:
    budget = context.resolve_or_missing(BUDGET)
    if not isinstance(budget, Budget):
        raise TypeError("a rendering needs a budget")
    return budget


def allowed_filters() -> dict[str, Callable[..., Any]]:
    """Every filter by name, each charged to the budget."""
    jinjas: Mapping[str, Any] = FILTERS
    taken: dict[str, Callable[..., Any]] = {name: jinjas[name] for name in _TAKEN_FILTERS.split()}
    own: dict[str, Callable[..., Any]] = {
        "digits": _digits,
        "fromjson": json.loads,
        "items": lambda value: [] if isinstance(value, Undefined) else list(dict(value).items()),
        "keys": lambda value: list(dict(value)),
        "string": to_text,
        "tojson": to_json,
        "urlencode": lambda value: quote(to_text(value), safe=""),
        "values": lambda value: list(dict(value).values()),
        "without_accents": _without_accents,
    }
    charged: dict[str, Callable[..., Any]] = {
        name: _charged(name, function) for name, function in {**taken, **own}.items()
    }
    return {**charged, "replace": _replace, "join": _join, **_internal_filters()}


def allowed_tests() -> dict[str, Callable[..., Any]]:
    jinjas: Mapping[str, Any] = TESTS
    taken: dict[str, Callable[..., Any]] = {name: jinjas[name] for name in _TAKEN_TESTS.split()}
    # Jinja's own would format a text: '%99999999d' is odd
    return {
        **taken,
        "odd": lambda value: _remainder(value, 2) == 1,
        "even": lambda value: _remainder(value, 2) == 0,
        "divisibleby": lambda value, by: _remainder(value, by) == 0,
        "empty": lambda value: isinstance(value, Undefined) or value in (None, "", [], {}, ()),
    }


def _remainder(value: Any, by: Any) -> Any:
    return value % by if is_number(value) and is_number(by) else None


def _charged(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter with its input, arguments and output weighed; what it gives lazily is made at once."""
    takes = getattr(function, "jinja_pass_arg", None)

    @pass_context
    def charged(context: Context, value: Any, *args: Any, **options: Any) -> Any:
        budget = budget_of(context)
        budget.weigh(value)
        check_arguments(budget, name, (*args, *options.values()))
        given = {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}
        before = (given[takes.name],) if takes else ()
        result = function(*before, value, *args, **options)
        made = list(result) if isinstance(result, Iterator) else result
        budget.weigh(made)
        return made

    charged.__wrapped__ = function  # type: ignore[attr-defined]  # for the check of arguments
    return charged


def check_arguments(budget: Budget, name: str, arguments: tuple[Any, ...]) -> None:
    """Weighs arguments, and refuses great numbers where they are lengths and counts."""
    most = budget.limits.argument
    for argument in arguments:
        budget.weigh(argument)
        if name in _COUNTING and is_number(argument) and abs(argument) > most:
            raise TemplateFailed("too_much", f"'{name}' takes no number over {most}")


@pass_context
def _replace(context: Context, value: Any, old: str, new: str) -> str:
    budget, text, new = budget_of(context), to_text(value), to_text(new)
    budget.weigh(text)
    budget.expect(len(text) + text.count(to_text(old)) * len(new))
    return text.replace(to_text(old), new)


@pass_context
def _join(context: Context, value: Any, by: str = "", attribute: str | None = None) -> str:
    budget = budget_of(context)
    size = budget.weigh(value)
    items = list(value) if isinstance(value, list | tuple | Mapping | str) else []
    budget.expect(size + len(items) * len(to_text(by)))
    if attribute is not None:
        items = [context.environment.getitem(item, attribute) for item in items]
    return to_text(by).join(map(to_text, items))


def _internal_filters() -> dict[str, Callable[..., Any]]:
    """What the rewritten tree calls; harmless when a template names it."""

    @pass_context
    def weighed(context: Context, value: Any) -> Any:
        budget_of(context).weigh(value)
        return value

    @pass_context
    def cut(context: Context, value: Any, *bounds: Any) -> Any:
        budget_of(context).weigh(value)
        return value[slice(*bounds)] if isinstance(value, str | list | tuple) else context.environment.undefined()

    @pass_context
    def tick(context: Context, value: Any) -> str:
        budget_of(context).tick()
        return ""

    return {INTERNAL["weighed"]: weighed, INTERNAL["cut"]: cut, INTERNAL["tick"]: tick, INTERNAL["joined"]: _join}


def _digits(value: Any) -> str:
    return "".join(char for char in to_text(value) if char.isdigit())


def _without_accents(value: Any) -> str:
    decomposed = unicodedata.normalize("NFD", to_text(value))
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if unicodedata.category(char) != "Mn"))
