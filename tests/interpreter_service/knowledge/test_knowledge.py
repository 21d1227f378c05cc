"""The knowledge base on both databases: what is found, for whom, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.knowledge.model import KnowledgeSettings
from shared.contracts.knowledge import KnowledgeQuery
from shared.contracts.results import Passage
from shared.database import Database
from shared.errors import Conflict, NotFound, SourceUnreadable
from tests.fakes.documents import PRICES, price_list, word
from tests.services.databases import on_both_databases

pytestmark = on_both_databases


def ask(knowledge: KnowledgeBase, question: str, *groups: str, **more: object) -> tuple[Passage, ...]:
    return knowledge.search(KnowledgeQuery(question=question, groups=groups, **more)).passages


def places(found: tuple[Passage, ...]) -> list[str]:
    return [one.place for one in found]


@pytest.fixture
def prices(knowledge: KnowledgeBase) -> KnowledgeBase:
    knowledge.add(price_list(), PRICES, by="ana")
    return knowledge


@pytest.mark.parametrize(
    ("question", "page", "answer"),
    [
        ("¿cuál es la garantía del taladro?", 3, "24 meses"),
        ("GARANTIAS DE LOS TALADROS", 3, "24 meses"),
        ("¿qué garantía tiene la sierra circular?", 2, "12 meses"),
        ("preço do cemento", 1, "28.50"),
        ("what are the opening hours?", 3, "lunes a sábado"),
        ("what's the warranty of the drill?", 3, "24 meses"),
        ("qual é a garantia da serra circular?", 2, "12 meses"),
    ],
)
def test_question_finds_the_lines_and_the_page(prices: KnowledgeBase, question: str, page: int, answer: str) -> None:
    best, *_ = ask(prices, question)
    assert best.place == f"{PRICES}, p. {page}"
    assert answer in best.quote


@pytest.mark.parametrize(
    "question",
    ["¿cuál es la garantía del esmeril?", "¿cuánto vendimos?", "capital de Francia", "hola", "¿y?", "", "¡!"],
)
def test_question_that_no_file_answers_finds_nothing(prices: KnowledgeBase, question: str) -> None:
    assert ask(prices, question) == ()


OPERATORS = ['taladro" OR "x', "taladro NEAR(*", "taladro' | '", "taladro & !x :*", "^taladro{"]


@pytest.mark.parametrize("question", OPERATORS)
def test_operators_are_words(prices: KnowledgeBase, question: str) -> None:
    assert places(ask(prices, question))[:1] in ([], [f"{PRICES}, p. 3"])


def test_empty_knowledge_base_finds_nothing(knowledge: KnowledgeBase) -> None:
    assert ask(knowledge, "garantía") == ()
    assert knowledge.coverage(KnowledgeQuery(question="garantía")) == 0


def test_file_for_a_group_is_found_by_its_members_alone(knowledge: KnowledgeBase) -> None:
    source = knowledge.add(word(("Sueldos", "El sueldo del gerente es S/ 9,000")), "rrhh.docx", groups=("HR",), by="a")
    assert ask(knowledge, "sueldo del gerente") == ask(knowledge, "sueldo del gerente", "Sales") == ()
    assert places(ask(knowledge, "sueldo del gerente", "Sales", "HR")) == ["rrhh.docx, § Sueldos"]
    knowledge.set_groups(source.id, ())
    assert places(ask(knowledge, "sueldo del gerente")) == ["rrhh.docx, § Sueldos"]


def test_follow_up_is_read_with_what_was_asked_before(prices: KnowledgeBase) -> None:
    found = ask(prices, "¿y la de la sierra?", context="¿cuál es la garantía del taladro?")
    assert found[0].place == f"{PRICES}, p. 2"
    assert "12 meses" in found[0].quote


def test_number_of_passages_is_a_setting_and_can_be_asked_for(knowledge: KnowledgeBase) -> None:
    for number in range(5):
        knowledge.add(f"Política de cambios número {number}".encode(), f"{number}.txt", by="a")
    assert len(ask(knowledge, "política de cambios")) == 3
    assert len(ask(knowledge, "política de cambios", limit=5)) == 5
    knowledge.set_settings(KnowledgeSettings(n_results=1))
    assert len(ask(knowledge, "política de cambios")) == 1


def test_same_name_again_needs_to_say_that_it_replaces(prices: KnowledgeBase, folder: Path) -> None:
    with pytest.raises(Conflict):
        prices.add(b"Taladro: ya no se vende", PRICES, by="ana")
    prices.add(b"Taladro: ya no se vende", PRICES, by="ana", replaces=True)
    assert [one.kind for one in prices.sources()] == ["text"]
    assert ask(prices, "garantía del taladro percutor") == ()
    assert len(list(folder.iterdir())) == 1


def test_file_that_cannot_be_read_leaves_nothing_behind(knowledge: KnowledgeBase, folder: Path) -> None:
    with pytest.raises(SourceUnreadable):
        knowledge.add(b"%PDF-1.7 nothing", "a.pdf", by="ana")
    assert knowledge.sources() == ()
    assert not folder.exists()


def test_removed_source_is_gone_with_its_chunks_and_file(
    prices: KnowledgeBase, database: Database, folder: Path
) -> None:
    (source,) = prices.sources()
    prices.remove(source.id)
    assert ask(prices, "taladro") == ()
    assert list(folder.iterdir()) == []
    with database.read() as connection:
        for table in ("interpreter_chunks", "interpreter_chunk_terms", "interpreter_source_groups"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    with pytest.raises(NotFound):
        prices.remove(source.id)


def test_reindex_cuts_anew_under_the_present_settings(knowledge: KnowledgeBase) -> None:
    source = knowledge.add("\n".join(f"Regla {n}: {'palabra ' * 12}" for n in range(20)).encode(), "reglas.txt", by="a")
    knowledge.set_settings(KnowledgeSettings(chunk_chars=200))
    again = knowledge.reindex(source.id)
    assert again.chunks > source.chunks
    assert again.chunk_chars == 200
    assert "Regla 7:" in ask(knowledge, "regla 7")[0].quote


def test_nul_in_a_text_is_left_out(knowledge: KnowledgeBase) -> None:
    knowledge.add(b"x" * 5_000 + b" garant\x00ia", "a.txt", by="a")
    assert knowledge.sources()[0].chunks == 6
