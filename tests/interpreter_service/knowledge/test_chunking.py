"""Chunks end where lines or sentences do, and never span two pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interpreter_service.knowledge.chunking import chunks_of
from interpreter_service.knowledge.reading.blocks import Block


def test_short_block_is_one_chunk_with_its_page_and_heading() -> None:
    (chunk,) = chunks_of([Block("uno\ndos", 3, "Precios")], 200)
    assert (chunk.text, chunk.page, chunk.heading, chunk.place) == ("uno\ndos", 3, "Precios", 0)


def test_pages_are_never_joined() -> None:
    assert [one.page for one in chunks_of([Block("uno", 1), Block("dos", 2)], 200)] == [1, 2]


def test_chunk_begins_with_the_last_line_of_the_one_before() -> None:
    lines = [f"línea {number} " + "x" * 80 for number in range(5)]
    first, second, *_ = chunks_of([Block("\n".join(lines))], 200)
    assert second.text.splitlines()[0] == first.text.splitlines()[-1]


def test_long_line_is_cut_at_its_sentences() -> None:
    text = "La garantía es de 24 meses. " * 20
    assert all(one.text.endswith("meses.") for one in chunks_of([Block(text)], 200))


@given(st.text(max_size=2_000), st.integers(min_value=200, max_value=400))
def test_no_chunk_is_too_long_and_no_word_is_lost(text: str, chars: int) -> None:
    found = chunks_of([Block(text)], chars)
    assert all(0 < len(one.text) <= chars + 1 for one in found)
    assert set("".join(text.split())) == set("".join("".join(one.text.split()) for one in found))
