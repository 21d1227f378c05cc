"""The one list of built-in tools."""

from __future__ import annotations

from executor_service.registry.tool import Tool
from executor_service.reports.tools import report_tools
from executor_service.tools.approvals import approval_box
from executor_service.tools.documents import document_box
from executor_service.tools.lifecycle import lifecycle_box
from executor_service.tools.names import names_box


def builtin_tools() -> tuple[Tool, ...]:
    """Every tool that comes with Recado: the reports of the catalogue, then the boxes.

    Raises CatalogueError or DeclarationError for one that is declared wrongly.
    """
    return (*report_tools(), *document_box(), *names_box(), *approval_box(), *lifecycle_box())
