"""A Google spreadsheet is asked for by its name; where the service is set up, Excel stays Excel."""

from __future__ import annotations

import pytest

from executor_service.connectors.spreadsheets import Grid
from executor_service.tools.builtin import builtin_tools
from interpreter_service.offline import CallTool, LastCall, ToolIndex, decide
from shared.contracts.base import Language

LAST = LastCall("sales.by_customer", {"period": "este mes"}, result="task7")
SAID: list[tuple[Language, str, str]] = [
    ("es", "pásalo a google sheets", "result.sheet"),
    ("es", "mándamelo en una hoja de google porfa", "result.sheet"),
    ("pt", "joga no google sheets", "result.sheet"),
    ("pt", "manda na planilha do google", "result.sheet"),
    ("en", "google sheet please", "result.sheet"),
    ("es", "mándalo en excel", "result.excel"),
    ("es", "en una hoja de cálculo", "result.excel"),
    ("pt", "manda em planilha", "result.excel"),
    ("en", "send it as excel", "result.excel"),
]


class NoSheets:
    def save(self, grid: Grid, *, reader: str) -> str:
        raise AssertionError("nobody calls the tool here")


@pytest.fixture(scope="module")
def index() -> ToolIndex:
    return ToolIndex([tool.spec for tool in builtin_tools(NoSheets())])


@pytest.mark.parametrize(("language", "text", "tool"), SAID)
def test_sheets_and_files_are_told_apart(index: ToolIndex, language: Language, text: str, tool: str) -> None:
    decision = decide(index, text, language, LAST)
    assert isinstance(decision, CallTool)
    assert decision.tool.name == tool
