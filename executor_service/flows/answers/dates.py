"""A day in a sentence, in figures or words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from executor_service.flows.answers.model import Answer, Refused, Taken
from shared.contracts.base import Language
from shared.language.errors import DateNotUnderstood
from shared.language.period_model import PeriodExpression
from shared.language.periods import find_periods, resolve_period

Direction = Literal["past", "future"]


def read_date(
    said: str,
    today: date,
    language: Language,
    *,
    prefer: Direction = "future",
    not_before: date | None = None,
    not_after: date | None = None,
) -> Answer:
    """The day as ISO text. `prefer` says which one "friday" or "15 January" means: the next or the last."""
    try:
        days = {_day(match.expression, today, prefer) for match in find_periods(said, language)}
    except (DateNotUnderstood, OverflowError):
        return Refused("date_wrong")
    days.discard(None)
    if len(days) != 1:
        return Refused("date_several" if days else "date_none")
    day = days.pop()
    assert day is not None  # None was discarded
    if not_before and day < not_before:
        return Refused("date_early", (("limit", not_before.isoformat()),))
    if not_after and day > not_after:
        return Refused("date_late", (("limit", not_after.isoformat()),))
    return Taken(day.isoformat())


def _day(said: PeriodExpression, today: date, prefer: Direction) -> date | None:
    seen_from = today + timedelta(days=_ahead(said)) if prefer == "future" else today
    span = resolve_period(said, seen_from)
    return span.start if span.start == span.end else None


def _ahead(said: PeriodExpression) -> int:
    """Days to look ahead: the latest such day seen from there is the next one seen from today."""
    if said.kind == "weekday" and said.which is None:
        return 6
    if said.kind != "day_of":
        return 0
    if said.of is None:
        return 27
    has_year = said.of.year is not None or said.of.year_offset is not None or said.of.which is not None
    return 364 if said.of.kind == "named" and not has_year else 0
