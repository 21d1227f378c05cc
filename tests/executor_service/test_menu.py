"""The menu begins with what most people ask about."""

from __future__ import annotations

import pytest

from executor_service.registry.registry import join
from executor_service.rules.menu import MAX_EXAMPLES, Menu
from executor_service.tools.builtin import builtin_tools
from shared.contracts.base import LANGUAGES, Language
from shared.contracts.tools import ASKED_MOST
from shared.texts import Texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_begins_with_sales_and_debts_and_names_no_document(language: Language) -> None:
    registry = join(builtin_tools())
    specs = {spec.name: spec for spec in registry.tools}

    lines = Menu(lambda: registry, Texts("executor_service.rules")).text(language, ()).split("\n")
    examples = [line.removeprefix("• ") for line in lines if line.startswith("• ")]

    assert len(examples) == MAX_EXAMPLES
    assert examples[0] in specs["sales.by_customer"].examples[language]
    assert examples[1] in specs["receivables.ageing"].examples[language]
    assert not any(char.isdigit() for example in examples for char in example)


def test_tools_asked_most_exist() -> None:
    there = {tool.spec.name for tool in builtin_tools()}
    assert {name for name in ASKED_MOST if not name.startswith("schedule.")} <= there
