"""The generated registry, and that a shortlist of it holds what is meant."""

from __future__ import annotations

from bench.shortlist import measure, shipped_questions
from bench.thousand_tools import SIZE, questions, thousand_tools
from interpreter_service.offline import ToolIndex


def test_the_right_tool_of_a_thousand_is_shown() -> None:
    tools = thousand_tools()
    index = ToolIndex(tools)
    assert len({tool.name for tool in tools}) == SIZE
    assert measure(index, questions(tools, per_language=40)).share >= 0.97
    assert measure(index, shipped_questions()).share >= 0.95
