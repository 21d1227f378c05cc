"""Figures of a text against what its writer was shown; the cases are in grounding_cases.json."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from interpreter_service.grounding import Grounds

CASES = json.loads((Path(__file__).parent / "grounding_cases.json").read_text(encoding="utf-8"))
MESSAGES = [
    {"role": "system", "content": CASES["told"]},
    {"role": "user", "content": CASES["said"]},
    {"role": "tool", "content": f"<data>{json.dumps(CASES['data'], ensure_ascii=False)}</data>"},
]


@pytest.mark.parametrize("text", CASES["grounded"])
def test_figure_of_the_data_in_any_writing_has_its_ground(text: str) -> None:
    assert Grounds(MESSAGES).missing(text) == ()


@pytest.mark.parametrize("case", CASES["invented"], ids=lambda case: case["text"])
def test_invented_figure_is_missing(case: dict[str, Any]) -> None:
    assert case["figure"] in Grounds(MESSAGES).missing(case["text"])


def test_list_may_count_its_own_lines() -> None:
    text = "Estos son los 3 primeros:\n• Andina\n• Sur\n• Norte"

    assert Grounds(MESSAGES).missing(text) == ()
    assert Grounds(MESSAGES).missing(text.replace("3", "9")) == ("9",)


def test_long_data_is_read_in_milliseconds() -> None:
    rows = [[f"Cliente {number}", f"{number * 1234.56:.2f}"] for number in range(2000)]
    messages = [*MESSAGES, {"role": "tool", "content": json.dumps(rows)}]
    began = time.thread_time()

    Grounds(messages).missing("Son 2,469.12 y 1 234,56 y 987.654.321,00 " * 50)

    assert time.thread_time() - began < 1
