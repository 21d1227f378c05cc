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


@dataclass(frozen=True)
class Recording:
    """One answer: `message` is what `frappe.desk.query_report.run` gave."""

    report: str
    filters: Mapping[str, Any]
    message: Mapping[str, Any]


def recordings_of(report: str) -> tuple[Recording, ...]:
    """What was recorded of a report; nothing of those that are computed."""
    return tuple(one for one in _recordings() if one.report == report)


def find_recording(report: str, filters: Mapping[str, Any], today: date) -> Recording | None:
    """The answer for these filters. Days to come are as good as today: nothing has happened on them yet."""
    wanted = _plain(filters, today.isoformat())
    return next((one for one in recordings_of(report) if _plain(one.filters, _DAY) == wanted), None)


def _plain(filters: Mapping[str, Any], today: str) -> dict[str, Any]:
    """The filters that say something, without days after today."""
    return {name: _until(value, today) for name, value in filters.items() if value not in (None, "", [])}


def _until(value: Any, today: str) -> Any:
    if isinstance(value, list):
        return [_until(one, today) for one in value]
    is_day = isinstance(value, str) and len(value) == len(today) and value[4:5] == value[7:8] == "-"
    return min(value, today) if is_day else value


@cache
def _recordings() -> tuple[Recording, ...]:
    packed = (files("demo_erp") / "data" / _FILE).read_bytes()
    return tuple(Recording(**one) for one in json.loads(lzma.decompress(packed)))
