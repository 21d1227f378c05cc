"""The one list of built-in tools."""

from __future__ import annotations

from typing import get_args

import pytest

from executor_service.registry.registry import join
from executor_service.registry.tool import Tool
from executor_service.tools.builtin import builtin_tools
from executor_service.tools.kinds import Kind, document_kinds, kind_of_name
from executor_service.tools.saying import state_words
from shared.contracts.base import LANGUAGES

TOOLS = [pytest.param(tool, id=tool.name) for tool in builtin_tools()]


def test_built_in_tools_join_one_registry() -> None:
    names = {spec.name for spec in join(builtin_tools()).tools}
    assert {"sales.by_customer", "document.find", "document.count", "document.pdf", "names.search"} <= names


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_is_told_in_three_languages(tool: Tool) -> None:
    assert tool.description
    assert (tool.effect == "read") == (tool.writing is None)
    for language in LANGUAGES:
        assert tool.titles[language]
        assert len(set(tool.examples[language])) >= (3 if tool.only_with else 6)
    for parameter in tool.parameters:
        assert parameter.description
        for words in parameter.choices.values():
            assert set(words) == set(LANGUAGES)
            assert all(words.values())


def test_no_sentence_is_an_example_of_two_tools() -> None:
    said: dict[str, str] = {}
    for tool in builtin_tools():
        for examples in tool.examples.values():
            for example in examples:
                assert said.setdefault(example.casefold(), tool.name) == tool.name


def test_every_kind_of_document_is_described() -> None:
    assert set(get_args(Kind)) == set(document_kinds())
    for kind in document_kinds().values():
        assert set(kind.one) == set(kind.many) == set(kind.words) == set(LANGUAGES)
        assert set(kind.statuses) <= set(state_words())


def test_number_tells_its_kind() -> None:
    found = kind_of_name("pur-ord-2026-00003")
    assert found is not None
    assert found.doctype == "Purchase Order"
    assert kind_of_name("X-1") is None
    assert kind_of_name("") is None
