"""A report's parameters as the registry describes them, and the arguments it is run with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from executor_service.outputs.texts import executor_texts
from executor_service.registry.parameters import Kind, Parameter
from executor_service.registry.semantic import Link, Period
from executor_service.reports.entries import ParameterEntry
from executor_service.reports.model import ReportEntry
from shared.contracts.base import Language
from shared.errors import NeedsOneOf
from shared.language.periods import resolve_words

_KINDS: Mapping[str, Kind] = {
    "period": "period",
    "as_of": "period",
    "fiscal_year": "period",
    "link": "link",
    "choice": "choice",
    "integer": "integer",
}


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """Resolved arguments: `period` is what the report is about, `plain` the others as the ERP names them.

    A report that knows only the present has today as its period.
    """

    period: Period
    is_as_of: bool
    plain: Mapping[str, str]
    top: int | None = None


def parameters_of(report: ReportEntry) -> tuple[Parameter, ...]:
    """What a person or a model may give to this report."""
    return tuple(_parameter(name, entry) for name, entry in report.parameters.items())


def _parameter(name: str, entry: ParameterEntry) -> Parameter:
    return Parameter(
        name=name,
        kind=_KINDS[entry.kind],
        description=entry.description,
        default=entry.default,
        doctype=entry.doctype,
        choices=entry.choices,
        words=entry.words,
        slot="top" if name == "top" else "",
        minimum=entry.minimum,
        maximum=entry.maximum,
    )


def arguments_of(report: ReportEntry, given: Mapping[str, Any], *, today: date, language: Language) -> Arguments:
    """The arguments with defaults filled in. Raises NeedsOneOf when none of `needs_one_of` is given."""
    period, is_as_of = _period_of(report, given, today, language)
    top = given.get("top")
    plain = {key: str(value) for key, value in _with_defaults(report, given).items()}
    if report.needs_one_of and not any(one in plain for one in report.needs_one_of):
        raise _nothing_of_needed(report, language)
    return Arguments(period=period, is_as_of=is_as_of, plain=plain, top=int(top) if top else None)


def _period_of(report: ReportEntry, given: Mapping[str, Any], today: date, language: Language) -> tuple[Period, bool]:
    """The period, and whether only its last day counts."""
    dated = next(((name, one) for name, one in report.parameters.items() if _KINDS[one.kind] == "period"), None)
    if dated is None:
        return Period(today, today), True
    name, entry = dated
    period = given.get(name) or entry.default
    if not isinstance(period, Period):
        days = resolve_words(str(period), today, language if name in given else "en")
        period = Period(days.start, days.end)
    return (_last_day(period, today), True) if entry.kind == "as_of" else (period, False)


def _nothing_of_needed(report: ReportEntry, language: Language) -> NeedsOneOf:
    names = report.needs_one_of
    words = [next(iter(report.parameters[one].words.get(language, ())), one) for one in names]
    wanted = reduce(lambda one, other: executor_texts().say(language, "one_or_other", one=one, other=other), words)
    errors = tuple({"where": one, "what": "required, unless another is given"} for one in names)
    return NeedsOneOf(f"give {' or '.join(names)}", errors=errors, wanted=wanted)


def _last_day(period: Period, today: date) -> Period:
    """Balances are known up to today: "this month" means today; a day in the future stays, to be refused."""
    day = period.end if period.start > today else min(period.end, today)
    return Period(day, day)


def _with_defaults(report: ReportEntry, given: Mapping[str, Any]) -> Mapping[str, Link | str | int]:
    values = {
        name: entry.default if given.get(name) is None else given[name]
        for name, entry in report.parameters.items()
        if entry.kind in ("link", "choice")
    }
    return {name: value for name, value in values.items() if value not in (None, "")}
