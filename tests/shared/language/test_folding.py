"""Folding: what it takes away, and the way back to the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.language.folding import CONSIDERED_CHARS, fold, fold_with_places


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ferretería SAN Martín", "ferreteria san martin"),
        ("  mês\u00a0 passado\n", "mes passado"),
        ("ma\u0301s\u200b", "mas"),
        ("STRASSE ß", "strasse ss"),
        ("enero–marzo", "enero-marzo"),
        ("what’s", "what's"),
        ("\x00\ufeff", ""),
    ],
)
def test_fold_takes_away_what_comparison_ignores(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=200))
def test_fold_of_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=200))
def test_every_folded_character_has_a_place_in_the_original(text: str) -> None:
    folded = fold_with_places(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


def test_span_covers_marks_written_after_their_letter() -> None:
    folded = fold_with_places("el an\u0303o 2025")
    start = folded.text.index("ano")
    assert folded.written(start, start + 3) == "an\u0303o"


def test_long_text_is_cut_at_the_named_limit() -> None:
    assert len(fold_with_places("a" * 100_000).text) == CONSIDERED_CHARS
