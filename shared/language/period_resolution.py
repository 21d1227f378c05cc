"""From a period as it was said to its days, given what day it is."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from shared.language.errors import DateNotUnderstood
from shared.language.period_model import DateRange, PeriodExpression, Unit
from shared.language.period_shift import add_months, month_range, range_between

_MONTHS_OF: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal_year": 12}


def resolve_period(
    expression: PeriodExpression, today: date, *, fiscal_year_start_month: int = 1, week_start: int = 0
) -> DateRange:
    """The days of the expression, seen from `today`; raises `DateNotUnderstood` for a day that does not exist.

    A running unit is whole ("this month" ends with the month), `to_date` ends today. What has no year is the latest
    that has begun. A future that was asked for is returned: warning is the caller's. `week_start` 0 is Monday.
    """
    try:
        return _Resolver(today, fiscal_year_start_month, week_start).resolve(expression)
    except (ValueError, OverflowError) as error:
        raise DateNotUnderstood(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Resolver:
    today: date
    fiscal_month: int
    week_start: int

    def resolve(self, said: PeriodExpression) -> DateRange:
        if said.kind == "between":
            return self._between(said)
        candidates = self._candidates(said)
        begun = [candidate for candidate in candidates if candidate.start <= self.today]
        return begun[-1] if begun else candidates[0]

    def _candidates(self, said: PeriodExpression) -> list[DateRange]:
        """What the expression can mean, in order of time: one range, or one per year or month where none was said."""
        if said.kind == "named":
            return self._named(said)
        if said.kind == "day_of":
            return self._days_of(said)
        if said.kind == "part_of":
            return [self._part(said, whole) for whole in self._candidates(_given(said.of))]
        if said.kind == "as_of":
            end = self.resolve(_given(said.of)).end
            return [DateRange(end, end, "day")]
        return [self._fixed(said)]

    def _fixed(self, said: PeriodExpression) -> DateRange:
        if said.kind == "weekday":
            return self._weekday(said)
        if said.kind == "rolling":
            return self._rolling(said)
        if said.kind == "to_date":
            running = self._unit(said.unit, self.today)
            return DateRange(running.start, self.today, running.unit)
        return self._relative(said)

    def _relative(self, said: PeriodExpression) -> DateRange:
        months = _MONTHS_OF.get(said.unit)
        if months:
            return self._unit(said.unit, add_months(self.today, months * said.number + 12 * (said.year_offset or 0)))
        today = add_months(self.today, 12 * (said.year_offset or 0))
        if said.unit == "fortnight":
            return _fortnights(today, said.number)
        days = 1 if said.unit == "day" else 7
        return self._unit(said.unit, today + timedelta(days=days * said.number))

    def _unit(self, unit: Unit, day: date) -> DateRange:
        if unit == "day":
            return DateRange(day, day, "day")
        monday = day - timedelta(days=(day.weekday() - self.week_start) % 7)
        if unit == "week":
            return DateRange(monday, monday + timedelta(days=6), "week")
        if unit == "weekend":
            saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
            return DateRange(saturday, saturday + timedelta(days=1), "weekend")
        if unit == "fortnight":
            return _fortnights(day, 0)
        start_month = 1 if unit in {"year", "month"} else self.fiscal_month
        months = _MONTHS_OF[unit]
        back = (day.month - start_month) % months
        return month_range(add_months(day.replace(day=1), -back), months)

    def _rolling(self, said: PeriodExpression) -> DateRange:
        months = _MONTHS_OF.get(said.unit, 0) * said.number
        days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 15}.get(said.unit, 0) * said.number
        edge = add_months(self.today, -months) - timedelta(days=days)
        if said.number > 0:
            return range_between(edge + timedelta(days=1), self.today)
        return range_between(self.today, edge - timedelta(days=1))

    def _weekday(self, said: PeriodExpression) -> DateRange:
        back = (self.today.weekday() - said.number) % 7
        if said.which == "last" and back == 0:
            back = 7
        if said.which == "next":
            back -= 7
        return self._unit("day", self.today - timedelta(days=back))

    def _named(self, said: PeriodExpression) -> list[DateRange]:
        if said.unit == "fiscal_year":
            return [month_range(date(said.year or self.today.year, self.fiscal_month, 1), 12)]
        if said.year is not None:
            return [self._numbered(said, said.year)]
        if said.year_offset is not None:
            return [self._numbered(said, self.today.year + said.year_offset)]
        years = range(self.today.year - 1, self.today.year + 2)
        ranges = [self._numbered(said, year) for year in years]
        if said.which == "last":
            return [candidate for candidate in ranges if candidate.end < self.today][-1:]
        if said.which == "next":
            return [candidate for candidate in ranges if candidate.start > self.today][:1]
        return ranges

    def _numbered(self, said: PeriodExpression, year: int) -> DateRange:
        if said.unit == "week":
            monday = date.fromisocalendar(year, said.number, 1)
            return DateRange(monday, monday + timedelta(days=6), "week")
        months = _MONTHS_OF[said.unit]
        if said.unit in {"month", "year"}:
            return month_range(date(year, said.number or 1, 1), months)
        return month_range(add_months(date(year, self.fiscal_month, 1), months * (said.number - 1)), months)

    def _days_of(self, said: PeriodExpression) -> list[DateRange]:
        if said.of is None:
            starts = [add_months(self.today.replace(day=1), back) for back in (-2, -1, 0, 1)]
        else:
            starts = [month.start for month in self._candidates(said.of)]
        days = [
            start.replace(day=said.number) for start in starts if said.number <= monthrange(start.year, start.month)[1]
        ]
        if not days:
            raise ValueError(f"no day {said.number} in that month")
        return [DateRange(day, day, "day") for day in days]

    def _part(self, said: PeriodExpression, whole: DateRange) -> DateRange:
        if said.unit == "fortnight":
            halves = _halves(whole)
            return halves[-1 if said.number in {-1, 2} else 0]
        months = _MONTHS_OF.get(said.unit)
        if months:
            return _months_part(said, whole, months)
        days = 7 if said.unit == "week" else 1
        if said.number < 0:
            return range_between(whole.end - timedelta(days=days * said.count - 1), whole.end)
        start = whole.start + timedelta(days=days * (said.number - 1))
        return range_between(start, min(start + timedelta(days=days * said.count - 1), whole.end))

    def _between(self, said: PeriodExpression) -> DateRange:
        if said.first is None:
            end = self.resolve(_given(said.last)).end
            return range_between(end.replace(month=1, day=1), end)
        if said.last is None:
            first = self.resolve(said.first)
            return range_between(first.start, max(self.today, first.end if first.start > self.today else self.today))
        return self._both(said.first, said.last)

    def _both(self, first: PeriodExpression, last: PeriodExpression) -> DateRange:
        firsts, lasts = self._candidates(first), self._candidates(last)
        if len(lasts) == 1 and len(firsts) > 1:  # "enero a marzo de 2025": the year is the last one's
            return range_between(_latest_before(first, lasts[0], self), lasts[0].end)
        begin = self.resolve(first)
        ends = [candidate for candidate in lasts if candidate.end >= begin.start]
        end = ends[0] if ends else _later(last, begin, self)
        wraps = len(firsts) > 1 and end.start.year > begin.start.year and end.start > self.today
        if wraps:
            return range_between(add_months(begin.start, -12), _year_before(end))
        return range_between(begin.start, end.end)


def _given(said: PeriodExpression | None) -> PeriodExpression:
    if said is None:
        raise ValueError("an expression lacks the span it is part of")
    return said


def _latest_before(said: PeriodExpression, end: DateRange, resolver: _Resolver) -> date:
    near = _Resolver(end.end, resolver.fiscal_month, resolver.week_start)
    return near.resolve(said).start


def _later(said: PeriodExpression, begin: DateRange, resolver: _Resolver) -> DateRange:
    """The first meaning of `said` that ends after `begin`, for a range whose first part alone has the year."""
    near = _Resolver(begin.start, resolver.fiscal_month, resolver.week_start)
    candidates = [candidate for candidate in near._candidates(said) if candidate.end >= begin.start]
    if not candidates:
        raise ValueError("the period ends before it begins")
    return candidates[0]


def _year_before(span: DateRange) -> date:
    return month_range(add_months(span.start, -12), 1).end if span.unit == "month" else add_months(span.end, -12)


def _fortnights(day: date, steps: int) -> DateRange:
    index = (day.year * 12 + day.month - 1) * 2 + (day.day > 15) + steps
    first = date(index // 24, index // 2 % 12 + 1, 1)
    return _halves(month_range(first, 1))[index % 2]


def _halves(whole: DateRange) -> tuple[DateRange, DateRange]:
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    if months == 1:
        middle = whole.start.replace(day=15)
        first, second = (
            DateRange(whole.start, middle, "fortnight"),
            DateRange(middle + timedelta(days=1), whole.end, "fortnight"),
        )
        return first, second
    return month_range(whole.start, months // 2), month_range(
        add_months(whole.start, months - months // 2), months // 2
    )


def _months_part(said: PeriodExpression, whole: DateRange, months: int) -> DateRange:
    span = months * said.count
    if said.number < 0:
        return month_range(add_months(whole.end.replace(day=1), 1 - span), span)
    return month_range(add_months(whole.start, months * (said.number - 1)), span)
