"""Amounts in figures and words."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts.base import LANGUAGES
from shared.language.amounts import find_amounts

_LINES = (Path(__file__).parent / "amounts.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in _LINES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['text']}")
def test_amounts_are_read_as_the_language_writes_them(case: dict[str, Any]) -> None:
    found = find_amounts(case["text"], case["language"])
    said = [(Decimal(one["value"]), one["kind"], one["currency"]) for one in case["amounts"]]
    assert [(match.value, match.kind, match.currency) for match in found] == said


def test_the_span_is_the_persons_words() -> None:
    text = "Registra 1.500,50 soles y 2 lucas"
    assert [text[match.start : match.end] for match in find_amounts(text, "es")] == ["1.500,50 soles", "2 lucas"]


_PIECES = st.sampled_from(
    [
        "1",
        "mil",
        "millón",
        "y",
        "medio",
        "200",
        "R$",
        "top",
        "5",
        "1.500",
        "-3",
        "lucas",
        "%",
        "dos",
        "cien",
        "a",
        "hundred",
        ",",
        ".",
        "10k",
        "soles",
    ]
)


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=40).map(" ".join)), st.sampled_from([*LANGUAGES, None])
)
def test_any_text_is_read(text: str, language: Any) -> None:
    last_end = 0
    for match in find_amounts(text, language):
        assert last_end <= match.start < match.end
        assert match.value.is_finite()
        last_end = match.end


@pytest.mark.parametrize("text", ["1 mil " * 20_000, "mil " * 25_000, "9" * 100_000, "1." * 50_000, "\x00$😀" * 30_000])
def test_very_long_text_does_not_raise(text: str) -> None:
    assert isinstance(find_amounts(text, "pt"), list)
