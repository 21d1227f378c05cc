"""What ERPNext answered to the reports that the stand-in does not compute, for the filters that were recorded."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

_FILE = "recorded_reports.json.xz"
_DAY = "2026-11-20"
_CURRENCY = "PEN"


@dataclass(frozen=True)
class Recording:
    """One answer: `message` is what `frappe.desk.query_report.run` gave."""

    report: str
    filters: Mapping[str, Any]
    message: Mapping[str, Any]

    @property
    def asked(self) -> str:
        """What it was asked for, in short: its days where it has any, else the values of its filters."""
        days = [value for value in self.filters.values() if _is_day(value)]
        return " – ".join(days) or ", ".join(str(value) for value in self.filters.values())


def recordings_of(report: str) -> tuple[Recording, ...]:
    """What was recorded of a report; nothing of those that are computed."""
    return tuple(one for one in _recordings() if one.report == report)


def find_recording(report: str, filters: Mapping[str, Any], today: date) -> Recording | None:
    """The answer for these filters. Days to come are as good as today: nothing has happened on them yet."""
    wanted = _plain(filters, today.isoformat())
    return next((one for one in recordings_of(report) if _plain(one.filters, _DAY) == wanted), None)


def _plain(filters: Mapping[str, Any], today: str) -> dict[str, Any]:
    """The filters that say something, without days after today; the company's own currency says nothing."""
    said = {name: value for name, value in filters.items() if value not in (None, "", [])}
    if said.get("presentation_currency") == _CURRENCY:
        del said["presentation_currency"]
    return {name: _until(value, today) for name, value in said.items()}


def _until(value: Any, today: str) -> Any:
    if isinstance(value, list):
        return [_until(one, today) for one in value]
    return min(value, today) if _is_day(value) else value


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == len(_DAY) and value[4:5] == value[7:8] == "-"


@cache
def _recordings() -> tuple[Recording, ...]:
    packed = (files("demo_erp") / "data" / _FILE).read_bytes()
    return tuple(Recording(**one) for one in json.loads(lzma.decompress(packed)))
