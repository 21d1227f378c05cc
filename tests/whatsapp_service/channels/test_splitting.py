from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from whatsapp_service.channels.clusters import is_boundary, utf16_units
from whatsapp_service.channels.splitting import fit_title, fit_titles, split_tail, split_text

FAMILY = "👩🏽‍💻"
FLAG = "🇲🇽"
ACCENTED = "e\u0301"
PARTS = st.sampled_from(["\n", ". ", " ", FAMILY, FLAG, ACCENTED, "\u200d", "न्", "palabra"]) | st.text(max_size=5)
TEXTS = st.lists(PARTS, max_size=40).map("".join)


@given(TEXTS, st.integers(2, 60))
@example("a" * 59 + "👍", 60)
@example("\r\n" * 40, 3)
def test_pieces_joined_are_the_text_and_each_fits(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert "".join(pieces) == text.replace("\x00", "")
    assert all(0 < utf16_units(piece) <= limit for piece in pieces)


@given(st.lists(st.sampled_from([FAMILY, FLAG, ACCENTED, "a", " ", "\n\n", ". "])), st.integers(8, 40))
def test_no_visible_character_is_cut(parts: list[str], limit: int) -> None:
    text = "".join(parts)
    at = 0
    for piece in split_text(text, limit):
        assert is_boundary(text, at)
        at += len(piece)


@pytest.mark.parametrize(
    "cluster",
    [FAMILY, FLAG, ACCENTED, "👍🏿", "1️⃣", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "क्षि", "각", "\r\n", "👨‍👩‍👧‍👦"],
)
def test_cluster_stays_whole_where_the_limit_falls_inside(cluster: str) -> None:
    size = utf16_units(cluster)
    for room in range(1, size):
        text = "x" * (40 - room) + cluster + "y" * 20
        pieces = split_text(text, 40)
        assert any(cluster in piece for piece in pieces), room


def test_flags_in_a_row_are_cut_between_flags() -> None:
    pieces = split_text(FLAG * 10, 6)
    assert set(pieces) == {FLAG}


def test_cluster_longer_than_the_limit_is_still_cut() -> None:
    text = "a" + "\u0301" * 50
    assert "".join(split_text(text, 10)) == text
    assert len(split_text(text, 10)) == 6


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("uno dos tres.\n\ncuatro cinco seis", "uno dos tres.\n\n"),
        ("uno dos tres.\ncuatro. cinco seis", "uno dos tres.\n"),
        ("uno dos tres. cuatro cinco seis", "uno dos tres. "),
        ("¿uno dos tres? cuatro cinco seis", "¿uno dos tres? "),
        ("uno dos tres cuatro cinco seis", "uno dos tres "),
        ("a\n\nuno dos tres cuatro cinco", "a\n\nuno dos tres "),
        ("1.234 de 10\u00a0000\u202f000 USD", "1.234 de "),
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqr"),
    ],
    ids=["paragraph", "line", "sentence", "question", "word", "early paragraph", "no-break spaces", "nothing"],
)
def test_cut_comes_where_a_reader_would_pause(text: str, first: str) -> None:
    assert split_text(text, 18)[0] == first


def test_emoji_count_two_units() -> None:
    assert split_text("👍" * 4, 4) == ["👍👍", "👍👍"]


def test_nul_is_removed_and_lone_surrogate_replaced() -> None:
    assert split_text("a\x00b\ud800", 10) == ["ab\ufffd"]


def test_nothing_gives_no_pieces() -> None:
    assert split_text("", 10) == []
    assert split_tail("", 10) == ("", "")


def test_limit_too_small_for_an_emoji_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        split_text("a", 1)


def test_tail_is_what_fits_at_the_end() -> None:
    assert split_tail("uno dos tres. cuatro cinco", 15) == ("uno dos tres. ", "cuatro cinco")


@given(TEXTS, st.integers(2, 30))
def test_title_fits_on_one_line(title: str, limit: int) -> None:
    fitted = fit_title(title, limit)
    assert 0 < utf16_units(fitted) <= limit
    assert len(fitted.splitlines()) == 1


@pytest.mark.parametrize(
    ("title", "fitted"),
    [
        ("Confirmar", "Confirmar"),
        ("Comercial del Norte S.A.", "Comercial…"),
        (" a \n b ", "a b"),
        ("", "…"),
        (f"123456789{FAMILY}", "123456789…"),
    ],
)
def test_title_is_cut_with_an_ellipsis(title: str, fitted: str) -> None:
    assert fit_title(title, 10) == fitted


@given(
    st.lists(st.sampled_from(["a", "Comercial del Norte", "Comercial del Sur", "", "Comercial…"]) | TEXTS, max_size=10)
)
def test_titles_stay_distinct(titles: list[str]) -> None:
    fitted = fit_titles(titles, 12)
    assert len(set(fitted)) == len(titles)
    assert all(utf16_units(title) <= 12 for title in fitted)


def test_titles_that_look_the_same_get_a_number() -> None:
    wanted = ["Comercial del Norte", "Comercial del Sur", "Comercial…"]
    assert fit_titles(wanted, 10) == ["Comerci… 2", "Comerci… 3", "Comercial…"]
