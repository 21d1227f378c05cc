"""The catalogue: one small file a report, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from executor_service.reports.model import ReportEntry


class CatalogueError(ValueError):
    """A report's file is wrong; the message names the file and each fault."""


def load_catalogue(folder: Traversable | None = None) -> tuple[ReportEntry, ...]:
    """Every report of the catalogue, by name. Raises CatalogueError for a file that is wrong or a name given twice."""
    place = folder or files("executor_service.reports") / "catalogue"
    reports = [load_report(file) for file in place.iterdir() if file.name.endswith(".toml")]
    names = [report.name for report in reports]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CatalogueError(f"named twice: {', '.join(twice)}")
    _check_drills(reports)
    return tuple(sorted(reports, key=lambda report: report.name))


def _check_drills(reports: Sequence[ReportEntry]) -> None:
    """Raises CatalogueError where no report of the catalogue is behind a report's lines, or it takes no such link."""
    known = {report.name: report for report in reports}
    for report in reports:
        drill = report.drill
        if drill is None:
            continue
        parameter = known[drill.report].parameters.get(drill.parameter) if drill.report in known else None
        if parameter is None or parameter.kind != "link":
            raise CatalogueError(f"{report.name}: drill: {drill.report} has no link {drill.parameter!r}")


def load_report(file: Traversable) -> ReportEntry:
    """One report of the catalogue. Raises CatalogueError."""
    try:
        return ReportEntry.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file.name}: {error}") from error
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc'])) or 'report'}: {fault['msg']}" for fault in error.errors())
        raise CatalogueError(f"{file.name}: {'; '.join(faults)}") from error
