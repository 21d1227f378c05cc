"""The language of short texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.base import LANGUAGES
from shared.language.guess import guess_language

_LINES = (Path(__file__).parent / "languages.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in _LINES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['text']}")
def test_short_text_shows_its_language_or_none(case: dict[str, Any]) -> None:
    assert guess_language(case["text"]) == case["language"]


@given(st.text(max_size=300))
def test_any_text_gets_a_language_or_none(text: str) -> None:
    assert guess_language(text) in {*LANGUAGES, None}
