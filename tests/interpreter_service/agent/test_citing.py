"""An answer from the knowledge base names the file and the page it is from."""

from __future__ import annotations

import pytest

from interpreter_service.agent.citing import with_sources
from shared.contracts.results import Passage

LIST = "Lista de precios 2026.pdf"


def passage(text: str, page: int | None = 3, source: str = LIST) -> Passage:
    return Passage(source_id="s", source=source, page=page, text=text, quote=text)


DRILL = passage("Garantía del taladro: 24 meses")
SAW = passage("Garantía de la sierra: 12 meses", page=2)


@pytest.mark.parametrize(
    "said",
    ["Son 24 meses (Lista de precios 2026.pdf, p. 3).", "Según la lista de precios 2026, página 3, son 24 meses."],
)
def test_answer_that_cites_stays_as_it_is(said: str) -> None:
    assert with_sources(said, (DRILL, SAW)) == said


@pytest.mark.parametrize("said", ["Son 24 meses.", f"Son 24 meses, según {LIST}."])
def test_answer_without_the_page_gets_that_of_the_passage_it_took(said: str) -> None:
    assert with_sources(said, (SAW, DRILL)) == f"{said}\n\n📄 {LIST}, p. 3"


def test_answer_in_no_words_of_the_passages_gets_the_first() -> None:
    assert with_sources("Yes.", (DRILL, SAW)).endswith(f"📄 {LIST}, p. 3")


def test_answer_without_passages_has_no_source() -> None:
    assert with_sources("Hola.", ()) == "Hola."


def test_file_without_pages_is_cited_by_its_name() -> None:
    note = passage("Garantía: 24 meses", page=None, source="notas.md")
    assert with_sources("Lo dicen las notas: 24 meses", (note,)).endswith("notas: 24 meses")
    assert with_sources("24 meses", (note,)).endswith("📄 notas.md")
