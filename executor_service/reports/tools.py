"""The reports of the catalogue as tools."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.tool import Returned, Tool
from executor_service.reports.loader import load_catalogue
from executor_service.reports.model import ReportEntry
from executor_service.reports.parameters import parameters_of
from executor_service.reports.run import run


def report_tools(reports: Iterable[ReportEntry] | None = None) -> tuple[Tool, ...]:
    """One tool for each file of the catalogue, or for these reports. Raises CatalogueError."""
    return tuple(tool_of(report) for report in (load_catalogue() if reports is None else reports))


def tool_of(report: ReportEntry) -> Tool:
    """A report as a tool; its handler takes the context and the resolved arguments by name."""
    return Tool(
        name=report.name,
        titles=report.titles,
        description=report.description.strip(),
        parameters=parameters_of(report),
        handler=partial(_run, report),
        examples=report.examples,
        only_with=report.only_with,
        never_with=report.never_with,
    )


def _run(report: ReportEntry, context: ToolContext, /, **given: Any) -> Returned:
    return run(report, context, given, executor_texts())
