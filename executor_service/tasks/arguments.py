"""Arguments: their shape is checked before there is a task; periods and names are resolved inside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Parameter
from executor_service.registry.semantic import Call, Link, Money, Period, Quantity, Result
from executor_service.registry.tool import Tool
from executor_service.tasks.names import NameChoice, Names
from shared.contracts.base import Json
from shared.errors import InvalidArguments, PeriodNotUnderstood
from shared.language.errors import DateNotUnderstood
from shared.language.periods import resolve_words

MAX_TEXT = 4000
MAX_ID = 40
YEARS = range(1900, 2200)
"""Of periods: at the ends of the calendar there is no day before or after, and a report of all months has thousands."""


@dataclass(frozen=True)
class Resolved:
    """Arguments as the tool takes them (`native`) and as they are kept and given back (`plain`).

    `choice` is set when a name fits several documents: the person must tap one first.
    """

    native: Mapping[str, Any] = field(default_factory=dict)
    plain: Json = field(default_factory=dict)
    choice: NameChoice | None = None


def check_arguments(tool: Tool, arguments: Json) -> None:
    """Raises InvalidArguments that names every argument that does not fit the tool's parameters."""
    if not _can_be_kept(arguments):
        what = "a text has U+0000 or half a character"
        raise InvalidArguments(what, errors=({"where": "arguments", "what": what},), tool=tool.name)
    known = {one.name: one for one in tool.parameters}
    errors = [{"where": name, "what": "no such parameter"} for name in arguments if name not in known]
    for name, one in known.items():
        value = arguments.get(name)
        if value is None:
            if one.required:
                errors.append({"where": name, "what": "required"})
        elif wrong := _misfit(one, value):
            errors.append({"where": name, "what": wrong})
    if errors:
        said = "; ".join(f"{one['where']}: {one['what']}" for one in errors)
        raise InvalidArguments(said, errors=tuple(errors), tool=tool.name)


def resolve_arguments(
    tool: Tool,
    arguments: Json,
    context: ToolContext,
    names: Names,
    *,
    earlier: Callable[[str], Result],
    fiscal_year_start_month: int,
) -> Resolved:
    """Periods become dates, names documents, and the ids of tasks (by `earlier`) what they gave.

    Raises PeriodNotUnderstood, NoMatch or ResultGone.
    """
    native: dict[str, Any] = {}
    plain: Json = {}
    for one in tool.parameters:
        value = arguments.get(one.name, one.default)
        if value is None:
            native[one.name] = None
            continue
        if one.kind == "link":
            found = _link(one, value, context, names)
            if isinstance(found, NameChoice):
                return Resolved(plain=dict(arguments), choice=found)
            native[one.name], plain[one.name] = found, found.to_json()
        elif one.kind == "period":
            period = _period(value, context, fiscal_year_start_month)
            native[one.name], plain[one.name] = period, period.to_json()
        elif one.kind == "result":
            native[one.name], plain[one.name] = earlier(value), value
        else:
            native[one.name], plain[one.name] = _native(one, value), value
    return Resolved(native=native, plain=plain)


def _can_be_kept(arguments: Json) -> bool:
    """Whether every text can be stored and sent on; models write escapes such as `\\ud800`."""
    written = json.dumps(arguments, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in written


def _misfit(one: Parameter, value: Any) -> str:
    """What is wrong with a value, or nothing."""
    if one.kind in ("text", "choice") and not isinstance(value, str):
        return "must be a text"
    if one.kind == "text" and len(value) > MAX_TEXT:
        return f"longer than {MAX_TEXT} characters"
    if one.kind == "choice" and value not in one.choices:
        return f"must be one of: {', '.join(one.choices)}"
    if one.kind == "boolean" and not isinstance(value, bool):
        return "must be true or false"
    if one.kind == "period":
        return _misfit_period(value)
    if one.kind == "link":
        return _misfit_link(one, value)
    if one.kind == "call":
        return _misfit_call(value)
    if one.kind == "result":
        return "" if isinstance(value, str) and 0 < len(value) <= MAX_ID else "must be the id of an earlier task"
    if one.kind in ("integer", "number", "money", "quantity"):
        return _misfit_number(one, value)
    return ""


def _misfit_number(one: Parameter, value: Any) -> str:
    allowed: tuple[type, ...] = {"integer": (int,), "number": (int, float)}.get(one.kind, (str, int))
    if isinstance(value, bool) or not isinstance(value, allowed):
        return "must be a whole number" if one.kind == "integer" else "must be a number"
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "must be a number"
    if not number.is_finite():
        return "must be a finite number"
    if one.minimum is not None and number < one.minimum:
        return f"must be at least {one.minimum}"
    if one.maximum is not None and number > one.maximum:
        return f"must be at most {one.maximum}"
    return ""


def _misfit_period(value: Any) -> str:
    if isinstance(value, str):
        return "" if 0 < len(value) <= MAX_TEXT else "must say a period"
    try:
        start, end = date.fromisoformat(value["from"]), date.fromisoformat(value["to"])
    except (TypeError, KeyError, ValueError):
        return 'must be words or {"from": "2026-10-01", "to": "2026-10-31"}'
    if start.year < YEARS.start or end.year >= YEARS.stop:
        return f"must lie between {YEARS.start} and {YEARS.stop - 1}"
    return "" if start <= end else "ends before it begins"


def _misfit_link(one: Parameter, value: Any) -> str:
    if isinstance(value, str):
        return "" if 0 < len(value.strip()) <= MAX_TEXT else "must say a name"
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or not value["name"]:
        return 'must be words or {"doctype": "...", "name": "..."}'
    return "" if value.get("doctype") == one.doctype else f"must be a {one.doctype}"


def _misfit_call(value: Any) -> str:
    """The tool it names checks its arguments."""
    is_call = (
        isinstance(value, dict) and isinstance(value.get("tool"), str) and isinstance(value.get("arguments"), dict)
    )
    return "" if is_call and len(value) == 2 else 'must be {"tool": "...", "arguments": {...}}'


def _period(value: Any, context: ToolContext, fiscal_year_start_month: int) -> Period:
    if isinstance(value, dict):
        return Period(date.fromisoformat(value["from"]), date.fromisoformat(value["to"]))
    try:
        found = resolve_words(value, context.today, context.language, fiscal_year_start_month=fiscal_year_start_month)
    except DateNotUnderstood as error:
        raise PeriodNotUnderstood(f"not a period: {value!r}", text=str(value)) from error
    return Period(found.start, found.end)


def _link(one: Parameter, value: Any, context: ToolContext, names: Names) -> Link | NameChoice:
    if isinstance(value, dict):
        return Link(one.doctype, value["name"])
    return names.find(context.erp, one, str(value), context.language)


def _native(one: Parameter, value: Any) -> Any:
    if one.kind == "money":
        return Money(str(value))
    if one.kind == "call":
        return Call(value["tool"], value["arguments"])
    return Quantity(str(value)) if one.kind == "quantity" else value
