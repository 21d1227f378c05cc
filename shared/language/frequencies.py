"""How often something is wanted, found in free text: "cada lunes a las 8", "todo dia 5", "every weekday at 6 pm"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from shared.language.folding import Folded, fold_with_places
from shared.language.frequency_words import (
    AFTERNOONS,
    AT,
    DAILY,
    EVERY,
    FIRST_OF_MONTH,
    HOURLY,
    LAST_OF_MONTH,
    MONTHLY,
    MORNINGS,
    NOONS,
    ON,
    PARTS_OF_DAY,
    PER,
    WEEKDAYS,
    WEEKLY,
    WORKING_DAYS,
)
from shared.language.period_source import one_of

DEFAULT_HOUR = 8
LONGEST_STEP_HOURS = 23


@dataclass(frozen=True, slots=True)
class Frequency:
    """`cron` has five fields in the person's zone; `says_time` is false where the hour is our choice."""

    cron: str
    says_time: bool


@dataclass(frozen=True, slots=True)
class FrequencyMatch:
    """A frequency and the places in the original text that say it, in order."""

    frequency: Frequency
    spans: tuple[tuple[int, int], ...]

    def rest_of(self, text: str) -> str:
        """The text without what says how often."""
        kept, place = [], 0
        for start, end in self.spans:
            kept.append(text[place:start])
            place = end
        return " ".join("".join([*kept, text[place:]]).split()).strip(" ,.;:")


@dataclass(frozen=True, slots=True)
class _Days:
    """Fields 3 to 5 of a cron, or a whole one when `every_hours` is set."""

    days: str
    start: int
    end: int
    hour: int = DEFAULT_HOUR
    every_hours: int = 0


def find_frequency(text: str) -> FrequencyMatch | None:
    """The first frequency of a text; a time of day alone is none, nor are words that say what figures are about."""
    folded = fold_with_places(text)
    days = next((found for found in _days(folded.text) if not _tells_figures(folded.text, found.start)), None)
    if days is None:
        return None
    time = None if days.every_hours else _time(folded.text)
    if days.every_hours:
        cron = f"0 */{days.every_hours} * * *" if days.every_hours > 1 else "0 * * * *"
    else:
        hour, minute = (time[0], time[1]) if time else (days.hour, 0)
        cron = f"{minute} {hour} {days.days}"
    places = [(days.start, days.end)] + ([(time[2], time[3])] if time else [])
    return FrequencyMatch(Frequency(cron, time is not None), _spans(folded, places))


def _spans(folded: Folded, places: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Places in the original, in order, none inside another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(folded.span(*place) for place in places):
        if not found or start >= found[-1][1]:
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
    return tuple(found)


def _tells_figures(text: str, start: int) -> bool:
    return bool(re.search(rf"(?<!\w){one_of(PER)} $", text[:start]))


def _days(text: str) -> list[_Days]:
    """Every way of saying the days, the most telling first."""
    patterns = _patterns()
    found: list[_Days] = []
    for name, pattern in patterns.items():
        for match in pattern.finditer(text):
            read = _READERS[name](match)
            if read is not None:
                found.append(read)
    return found


def _weekdays(match: re.Match[str]) -> _Days | None:
    numbers = sorted({WEEKDAYS[word] for word in re.findall(_weekday(), match[0])})
    return _Days(f"* * {','.join(map(str, numbers))}", match.start(), match.end())


def _day_of_month(match: re.Match[str]) -> _Days | None:
    day = int(match["day"] or match["day_only"])
    return _Days(f"{day} * *", match.start(), match.end()) if 1 <= day <= 31 else None


def _steps(match: re.Match[str]) -> _Days | None:
    hours = int(match["hours"])
    return _Days("", match.start(), match.end(), every_hours=hours) if 1 <= hours <= LONGEST_STEP_HOURS else None


_READERS: Mapping[str, Callable[[re.Match[str]], _Days | None]] = {
    "working": lambda match: _Days("* * 1-5", match.start(), match.end()),
    "first": lambda match: _Days("1 * *", match.start(), match.end()),
    "last": lambda match: _Days("L * *", match.start(), match.end()),
    "day": _day_of_month,
    "weekdays": _weekdays,
    "part": lambda match: _Days("* * *", match.start(), match.end(), hour=PARTS_OF_DAY[match[0]]),
    "daily": lambda match: _Days("* * *", match.start(), match.end()),
    "weekly": lambda match: _Days("* * 1", match.start(), match.end()),
    "monthly": lambda match: _Days("1 * *", match.start(), match.end()),
    "steps": _steps,
    "hourly": lambda match: _Days("", match.start(), match.end(), every_hours=1),
}


@cache
def _weekday() -> str:
    return rf"(?<![\w-]){one_of(WEEKDAYS)}(?![\w-])"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    every, on, day = one_of(EVERY), one_of((*EVERY, *ON)), _weekday()
    several = rf"{day}(?:(?:, | y | e | and |, y )(?:{on} )?{day})*"
    monthly = r"(?:de cada mes|del mes|do mes|de todo mes|of every month|of each month|every month)"
    ordinal = r"(?:st|nd|rd|th)?"
    texts = {
        "working": one_of(WORKING_DAYS),
        "first": one_of(FIRST_OF_MONTH),
        "last": one_of(LAST_OF_MONTH),
        "day": rf"(?:(?:{on} |on the |the )?(?:dia )?(?P<day>\d{{1,2}}){ordinal} {monthly}"
        rf"|(?:cada|todo) dia (?P<day_only>\d{{1,2}}))",
        "weekdays": rf"(?:{every} |{one_of(ON)} (?={day})){several}",
        "part": one_of(PARTS_OF_DAY),
        "daily": one_of(DAILY),
        "weekly": one_of(WEEKLY),
        "monthly": one_of(MONTHLY),
        "steps": r"(?:a )?(?:cada|every) (?P<hours>\d{1,2}) (?:horas|hours)",
        "hourly": one_of(HOURLY),
    }
    return {name: re.compile(rf"(?<!\w)(?:{text})(?!\w)") for name, text in texts.items()}


def _time(text: str) -> tuple[int, int, int, int] | None:
    """Hour, minute, and where they stand: "a las 8", "18:30", "às 8h30", "at 6 pm"."""
    noon = re.search(rf"(?<!\w){one_of(NOONS)}(?!\w)", text)
    if noon:
        return 12, 0, noon.start(), noon.end()
    for match in _clock().finditer(text):
        if not any(match.group("at", "minute", "h", "early", "late")):
            continue  # a bare number is no hour
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["late"] and hour < 12:
            hour += 12
        if match["early"] and hour == 12:
            hour = 0
        if hour < 24 and minute < 60:
            return hour, minute, match.start(), match.end()
    return None


@cache
def _clock() -> re.Pattern[str]:
    figures = r"(?P<hour>\d{1,2})(?:(?::|h|\.)(?P<minute>\d{2})|(?P<h> ?h(?:oras|rs|s)?))?"
    part = rf"(?: ?(?:(?P<early>{one_of(MORNINGS)})|(?P<late>{one_of(AFTERNOONS)})))?"
    return re.compile(rf"(?<![\w:.])(?:(?P<at>{one_of(AT)}) )?{figures}{part}(?!\w|:\d)")
