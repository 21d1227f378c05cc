"""An ERP that gives recorded answers, and a context to run reports in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from executor_service.erp.protocol import Filter, ReportAnswer
from executor_service.erp.reports import report_answer
from executor_service.registry.tool import Tool
from executor_service.reports.tools import report_tools
from tests.fakes.tool_context import FakeContext

RECORDED = Path(__file__).parent / "recorded"
OPTIONAL = {"curves", "include_dimensions", "valuation_field_type"}
"""Filters of the recording that change nothing in the rows."""


@dataclass
class RecordedErp:
    """Answers a report only when it is asked with the filters of a recording; remembers what it was asked and read.

    `loose` are filters that may differ from the recording's: those that only cut the columns in another way.
    """

    release: str = "15.92.1"
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    fixed: ReportAnswer | None = None
    loose: frozenset[str] = frozenset()

    def version(self) -> str:
        return self.release

    def find(self, doctype: str, where: Sequence[Filter], **_: Any) -> list[dict[str, Any]]:
        """The fiscal year 2026, which holds all recordings."""
        assert doctype == "Fiscal Year"
        day = next(value for field, _, value in where if field == "year_end_date")
        year = {"name": "2026", "year_start_date": "2026-01-01", "year_end_date": "2026-12-31"}
        return [year] if day[:4] == "2026" else []

    def run_report(self, name: str, filters: Mapping[str, Any]) -> ReportAnswer:
        self.asked.append((name, dict(filters)))
        if self.fixed is not None:
            return self.fixed
        for file in sorted(RECORDED.glob("*.json.gz")):
            recorded = json.loads(gzip.decompress(file.read_bytes()))
            if recorded["report"] == name and self._plain(recorded["filters"]) == self._plain(filters):
                self.read.add(file.name)
                return report_answer(recorded["message"])
        raise AssertionError(f"no recording of {name} with {dict(filters)}")

    def _plain(self, filters: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in filters.items() if name not in OPTIONAL | self.loose}


@pytest.fixture
def make_context() -> Callable[..., FakeContext]:
    def make(erp: Any = None, **values: Any) -> FakeContext:
        return FakeContext(erp=erp or RecordedErp(), **values)

    return make


@pytest.fixture(scope="session")
def tools() -> dict[str, Tool]:
    return {tool.name: tool for tool in report_tools()}
