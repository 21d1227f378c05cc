"""What a period is: as it was said (an expression), where it was said (a match) and as dates (a range)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

Unit = Literal[
    "day", "week", "weekend", "fortnight", "month", "quarter", "half", "year", "fiscal_year", "months", "days"
]
Kind = Literal["relative", "rolling", "named", "part_of", "day_of", "weekday", "to_date", "between", "as_of"]
Which = Literal["last", "next"]


@dataclass(frozen=True, slots=True)
class PeriodExpression:
    """A period as it was said, before anybody knows what day it is.

    - `relative`: `number` units from now (month, -1: last month; day, 0: today)
    - `rolling`: the `number` units that end today, today included (negative: that begin today)
    - `named`: `number` names a month (10), quarter (3), half, year or ISO week; `year` or `year_offset` where said
    - `part_of`: `count` units of `of` from the `number`th on (negative: from the end)
    - `day_of`: day `number` of the month `of`; without `of`, of the latest month in which it has come
    - `weekday`: `number` 0 is Monday
    - `to_date`: from the start of the running unit to today
    - `between`: from `first` (none: the start of the year of `last`) to `last` (none: today)
    - `as_of`: the last day of `of`
    """

    kind: Kind
    unit: Unit = "day"
    number: int = 0
    year: int | None = None
    year_offset: int | None = None
    which: Which | None = None
    count: int = 1
    of: PeriodExpression | None = None
    first: PeriodExpression | None = None
    last: PeriodExpression | None = None

    def as_json(self) -> dict[str, Any]:
        """The expression as JSON, without what was not said."""
        return {name: value for name, value in self._values() if value is not None}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> PeriodExpression:
        """The expression that `as_json` wrote."""
        nested = {name: cls.from_json(body[name]) for name in ("of", "first", "last") if name in body}
        return cls(**{**body, **nested})

    def _values(self) -> list[tuple[str, Any]]:
        values = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return [(name, value.as_json() if isinstance(value, PeriodExpression) else value) for name, value in values]


@dataclass(frozen=True, slots=True)
class PeriodMatch:
    """One period found in a text: `text[start:end]` are the person's words."""

    start: int
    end: int
    words: str
    expression: PeriodExpression


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `start` to `end`, both included, and the unit by which "the one before" goes back."""

    start: date
    end: date
    unit: Unit

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it begins: {self.start} to {self.end}")

    def as_json(self) -> dict[str, str]:
        """The range as calls carry it: `{"from": "2026-10-01", "to": "2026-10-31"}`."""
        return {"from": self.start.isoformat(), "to": self.end.isoformat()}
