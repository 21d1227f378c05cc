from __future__ import annotations

import pytest

from shared.language.marks import marks_in, says_one_of, without_mark

MARKS = marks_in({"es": ("lote*", "sumas y saldos"), "pt": ("Lote*",), "en": ("p-l",)})


def test_marks_of_all_languages_are_folded_and_kept_once() -> None:
    assert MARKS == ("lote*", "sumas y saldos", "p l")


@pytest.mark.parametrize("text", ["Lotes por vencer", "sumas  y SALDOS de octubre", "el p-l del año"])
def test_mark_is_said_in_any_writing(text: str) -> None:
    assert says_one_of(text, MARKS)


@pytest.mark.parametrize("text", ["pelotes", "sumas y restas", "ventas", ""])
def test_mark_within_another_word_is_not_said(text: str) -> None:
    assert not says_one_of(text, MARKS)


def test_nothing_is_said_where_there_are_no_marks() -> None:
    assert not says_one_of("lotes", ())


def test_texts_without_a_mark_are_named_only_where_there_are_marks() -> None:
    assert without_mark(["lotes", "stock"], {"es": ("lote*",)}) == ["stock"]
    assert without_mark(["lotes", "stock"], {}) == []
