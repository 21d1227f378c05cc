"""An earlier answer as a Google spreadsheet: for the person's own ERP address only, where the service is set up."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from executor_service.connectors.spreadsheets import Grid
from executor_service.erp.memory import MemoryErp
from executor_service.registry.semantic import Result
from executor_service.tools.builtin import builtin_tools
from shared.contracts.results import Column, Table, Text
from shared.errors import ToolFailed
from tests.fakes.tool_context import FakeContext

TABLE = Table(
    title="Ventas por cliente",
    columns=(Column(name="customer", label="Cliente"), Column(name="sales", label="Ventas", type="money")),
    rows=(("Ana", "10.50"),),
    row_count=40,
    truncated=True,
)


@dataclass
class KeptSheets:
    made: list[tuple[Grid, str]] = field(default_factory=list)

    def save(self, grid: Grid, *, reader: str) -> str:
        self.made.append((grid, reader))
        return "https://docs.google.com/spreadsheets/d/1"


def ask(sheets: KeptSheets, user: str) -> Text:
    tools = {tool.name: tool for tool in builtin_tools(sheets)}
    said = tools["result.sheet"](
        FakeContext(erp=MemoryErp((), user=user)), result=Result("t-1", "sales.by_customer", (TABLE,))
    )
    assert isinstance(said, Text)
    return said


def test_sheet_is_for_the_persons_own_address_and_says_what_part_it_has() -> None:
    sheets = KeptSheets()
    said = ask(sheets, "rosa@andina.pe")
    ((grid, reader),) = sheets.made
    assert reader == "rosa@andina.pe"
    assert "rosa@andina.pe" in said.text
    assert said.text.endswith("https://docs.google.com/spreadsheets/d/1")
    assert [cell.value for cell in grid.rows[-1]] == ["Ana", 10.5]
    assert "40" in str(grid.rows[1][0].value)


def test_user_without_an_address_is_told_to_ask_for_a_file() -> None:
    sheets = KeptSheets()
    with pytest.raises(ToolFailed, match="Administrator"):
        ask(sheets, "Administrator")
    assert sheets.made == []


def test_without_the_service_the_tool_is_not_there() -> None:
    assert "result.sheet" not in {tool.name for tool in builtin_tools()}
