"""Calls written as text, and texts that are none."""

from __future__ import annotations

import json

import pytest

from interpreter_service.agent.openai_model import reply_of
from interpreter_service.agent.written_calls import calls_in, without_thoughts
from tests.fakes.openai_server import message

ONE = '{"name": "sales.total", "arguments": {"period": "ayer"}}'
WRITTEN = [
    ONE,
    f"[{ONE}]",
    f"```json\n{ONE}\n```",
    f"Voy a consultarlo.\n```json\n{ONE}\n```",
    f"<tool_call>\n{ONE}\n</tool_call>",
    f"<tool_call>{ONE}",
    '{"type": "function", "function": ' + ONE + "}",
    '{"tool": "sales.total", "parameters": {"period": "ayer"}}',
    json.dumps({"name": "sales__total", "args": '{"period": "ayer"}'}),
]
TEXTS = [
    "Las ventas fueron 5.",
    "",
    "{}",
    '{"name": "Rojas", "total": 5}',
    '{"name": "sales.total"',
    f"Usa {ONE} así",
    "{" * 5_000,
    '["a", 1, null]',
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_written_call_is_found(text: str) -> None:
    (call,) = calls_in(text)
    assert (call.name, json.loads(call.arguments)) == ("sales__total", {"period": "ayer"})


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_other_texts_are_no_calls(text: str) -> None:
    assert calls_in(text) == ()


def test_several_written_calls_keep_their_order() -> None:
    other = '{"name": "stock.balance", "arguments": {}}'
    assert [call.name for call in calls_in(f"{ONE}\n{other}")] == ["sales__total", "stock__balance"]


def test_thoughts_of_a_reasoning_model_are_not_said() -> None:
    assert without_thoughts("<think>He asks for sales.\n</think>\nHola") == "Hola"
    assert without_thoughts("<think>cut off") == ""
    assert without_thoughts("a < b") == "a < b"


def test_a_text_counts_as_a_call_only_where_tools_were_offered() -> None:
    content = json.dumps(message(ONE)).encode()
    with_tools, without = reply_of(content, has_tools=True), reply_of(content)
    assert (with_tools.text, with_tools.tool_calls[0].name) == ("", "sales__total")
    assert (without.text, without.tool_calls) == (ONE, ())
