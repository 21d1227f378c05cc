"""What is watched for an alert, with the tools that come with Recado."""

from __future__ import annotations

import pytest

from executor_service.tools.builtin import builtin_tools
from interpreter_service.offline import ToolIndex, decide
from interpreter_service.offline.wishes import find_wish, planned
from shared.contracts.base import Language


@pytest.fixture(scope="module")
def index() -> ToolIndex:
    return ToolIndex([tool.spec for tool in builtin_tools()])


@pytest.mark.parametrize(
    ("language", "text", "tool", "item"),
    [
        ("es", "avísame si el cemento baja de 10 bolsas", "stock.balance", "cemento"),
        ("pt", "me avise se o cimento ficar abaixo de 10", "stock.balance", "cimento"),
        ("en", "tell me if cement falls below 10", "stock.balance", "cement"),
        ("en", "let me know if cement stock falls below 10", "stock.balance", "cement"),
        ("es", "avísame si el precio del cemento baja de 10", "price.item", "cemento"),
    ],
)
def test_alert_watches_the_item_and_what_was_said_of_it(
    index: ToolIndex, language: Language, text: str, tool: str, item: str
) -> None:
    wish = find_wish(text, language)
    assert wish is not None
    called = planned(wish, lambda what: decide(index, what, language))
    assert called is not None
    assert (called.tool.name, dict(called.arguments)) == (tool, {"item": item})
