"""`knowledge.search` asks with the groups of the link, and its answer names file and page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from executor_service.outputs.text import render_text
from executor_service.tools.knowledge import knowledge_tools
from shared.contracts.base import Language
from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
from shared.contracts.results import Passage, Passages
from shared.contracts.tasks import CallRequest
from tests.fakes.house import FakeDirectory, House

PASSAGE = Passage(
    source_id="s1",
    source="Lista de precios 2026.pdf",
    page=3,
    text="Taladro: S/ 389.00\nGarantía del taladro: 24 meses.",
    quote="Garantía del taladro: 24 meses.",
)


@dataclass
class RecordingKnowledge:
    passages: tuple[Passage, ...] = (PASSAGE,)
    asked: list[KnowledgeQuery] = field(default_factory=list)

    def search(self, query: KnowledgeQuery) -> KnowledgeAnswer:
        self.asked.append(query)
        return KnowledgeAnswer(passages=self.passages)


@pytest.fixture
def knowledge() -> RecordingKnowledge:
    return RecordingKnowledge()


def call(folder: Path, knowledge: RecordingKnowledge, **arguments: object) -> object:
    directory = FakeDirectory()
    directory.grant("ana", groups=("Sales", "HR"))
    with House(folder, knowledge_tools(knowledge), directory=directory) as house:
        request = CallRequest(
            tool="knowledge.search", arguments=arguments, caller=house.caller(), key="k", wait_seconds=60
        )
        return house.executor.call(request).task.results


def test_search_asks_with_the_groups_of_the_link(tmp_path: Path, knowledge: RecordingKnowledge) -> None:
    given = call(tmp_path, knowledge, question="¿y la del taladro?", before="garantías", n_results=2)
    assert given == (Passages(passages=(PASSAGE,)),)
    (query,) = knowledge.asked
    assert (query.question, query.context) == ("¿y la del taladro?", "garantías")
    assert (query.groups, query.limit) == (("Sales", "HR"), 2)


def test_search_without_a_number_takes_that_of_the_settings(tmp_path: Path, knowledge: RecordingKnowledge) -> None:
    call(tmp_path, knowledge, question="garantía")
    assert knowledge.asked[0].limit is None


def test_groups_cannot_be_given_as_an_argument(tmp_path: Path, knowledge: RecordingKnowledge) -> None:
    (tool,) = knowledge_tools(knowledge)
    assert set(tool.spec.parameters["properties"]) == {"question", "before", "n_results"}


@pytest.mark.parametrize(("language", "head"), [("es", "documentos"), ("pt", "documentos"), ("en", "documents")])
def test_answer_quotes_with_file_and_page_in_the_askers_language(language: Language, head: str) -> None:
    said = render_text(Passages(passages=(PASSAGE,)), language, locale=language)
    assert head in said.splitlines()[0]
    assert said.endswith("«Garantía del taladro: 24 meses.»\n📄 Lista de precios 2026.pdf, p. 3")
    assert head in render_text(Passages(passages=()), language, locale=language)


def test_file_without_pages_is_cited_by_its_heading() -> None:
    assert PASSAGE.model_copy(update={"page": None, "heading": "Garantías"}).place.endswith(".pdf, § Garantías")
    assert PASSAGE.model_copy(update={"page": None}).place == "Lista de precios 2026.pdf"
