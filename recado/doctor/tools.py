"""Checks of the tool files: which are broken, and why."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.registry.external.files import ToolFiles
from executor_service.tools.builtin import builtin_tools
from recado.doctor.report import Finding, failed, ok
from shared.settings import Settings


def check_tools(settings: Settings) -> Iterator[Finding]:
    """One finding for all tools, and one for each broken file."""
    files = ToolFiles(settings.tools_path, builtin_tools())
    try:
        files.look()
        yield ok("Tools", f"{len(files.registry().tools)} registered")
        for problem in files.problems():
            yield failed("Tool file", f"{problem.file}: {problem.sentence}", "Correct the file; no restart is needed.")
    finally:
        files.stop()
