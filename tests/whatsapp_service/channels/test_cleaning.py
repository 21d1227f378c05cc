"""JSON from outside, which no database may refuse."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_service.channels.cleaning import MAX_DEPTH, clean_json, load_clean

TEXTS = st.text(st.characters(codec=None), max_size=8) | st.sampled_from(
    ["\x00", "\ud83d", "👍", "1e999", ":3E", "NaN"]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, 1]))
def test_what_is_loaded_is_what_would_be_cleaned(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    assert load_clean(text) == clean_json(json.loads(text))


@pytest.mark.parametrize("number", ["1e999", "-1E999", "Infinity", "-Infinity", "NaN", "9" * 400 + ".0"])
@pytest.mark.parametrize("around", ["%s", "[%s]", '{"a": %s}', '{"a":\n%s}', "[1, %s]"])
def test_a_number_that_is_not_finite_becomes_nothing(number: str, around: str) -> None:
    loaded = load_clean(around % number)
    while isinstance(loaded, list | dict):
        loaded = list(loaded.values() if isinstance(loaded, dict) else loaded)[-1]
    assert loaded is None


def test_what_lies_too_deep_becomes_nothing_and_escapes_are_cleaned() -> None:
    assert load_clean("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) != json.loads("[" * 41 + "]" * 41)
    assert load_clean(r'{"a\u0000": "b\ud83d", "c": "\ud83d\udc4d"}') == {"a": "b\ufffd", "c": "👍"}
    assert math.isclose(load_clean("[1e3]")[0], 1000)
