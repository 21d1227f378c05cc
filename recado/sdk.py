"""Everything a file with tools needs: `from recado.sdk import Toolbox, ToolContext, ...`; see docs/TOOLS.md."""

from __future__ import annotations

from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import ChoiceWords, Spoken
from executor_service.registry.semantic import Link, Money, Period, Quantity, Result
from executor_service.registry.toolbox import Toolbox
from shared.contracts.messages import Option
from shared.contracts.results import Chart, Choice, Column, File, Series, Table, Text
from shared.errors import ToolFailed

__all__ = [
    "Chart",
    "Choice",
    "ChoiceWords",
    "Column",
    "Field",
    "File",
    "Link",
    "Money",
    "Option",
    "Period",
    "Quantity",
    "Result",
    "Series",
    "Spoken",
    "Table",
    "Text",
    "ToolContext",
    "ToolFailed",
    "Toolbox",
]
