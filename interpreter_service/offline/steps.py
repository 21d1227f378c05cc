"""The period before or after that of the last call, or the same one a year earlier."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from interpreter_service.offline.indexed import IndexedTool
from interpreter_service.offline.model import LastCall
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.slot_model import Slot
from shared.language.period_model import Unit
from shared.language.periods import DateRange, range_between, shift_range

_BEFORE = re.compile(
    r"(?<!\w)(?:anterior(?:es)?|previous|prior|(?:one|the one|period) before|before that|antes|previo|atras)(?!\w)"
)
_AFTER = re.compile(
    r"(?<!\w)(?:siguiente|seguinte|posterior|following|next|(?:one|period) after|after that|despues|depois)(?!\w)"
)
_SAME_LAST_YEAR = re.compile(
    r"(?<!\w)(?:mismo|misma|mesmo|mesma|same) (?:periodo|mes|trimestre|semana|fecha|period|month|quarter|week)(?!\w)"
)
_SHIFTING = re.compile(r"anterior|previous|prior|before|previo")


def step(tool: IndexedTool, reading: Reading, last: LastCall) -> dict[str, Any] | None:
    """The argument with its new days, if the words only move the period of the last call."""
    slot, period = _period_of(tool, last)
    if slot is None or period is None:
        return None
    said = " ".join(reading.words)
    try:
        if _SAME_LAST_YEAR.search(said):
            return {slot.name: shift_range(period, -1, "year").as_json()}
        steps = _steps(reading, said, period.unit)
        return {slot.name: shift_range(period, steps).as_json()} if steps else None
    except (ValueError, OverflowError):  # before the first or after the last year there is
        return None


def _steps(reading: Reading, said: str, unit: Unit) -> int:
    if reading.amounts or len(reading.periods) > 1:
        return 0
    if reading.periods:
        expression = reading.periods[0].expression
        relative = expression.kind == "relative" and expression.number == -1 and expression.unit == unit
        return -1 if relative and _SHIFTING.search(said) else 0
    if _BEFORE.search(said):
        return -1
    return 1 if _AFTER.search(said) else 0


def _period_of(tool: IndexedTool, last: LastCall) -> tuple[Slot | None, DateRange | None]:
    for slot in tool.slots:
        value = last.arguments.get(slot.name)
        if slot.kind == "period" and isinstance(value, dict) and {"from", "to"} <= value.keys():
            try:
                return slot, range_between(date.fromisoformat(value["from"]), date.fromisoformat(value["to"]))
            except (TypeError, ValueError):
                return slot, None
    return None, None
