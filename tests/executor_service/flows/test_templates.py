"""Shipped templates: each can be published as it is, speaks all languages, and passes its own flow tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from executor_service.flows.checks.checks import check, in_words
from executor_service.flows.checks.finding import Looked
from executor_service.flows.desk import FlowDesk
from executor_service.flows.model import FlowVersion
from executor_service.flows.simulation.rehearsal import MONDAY_NOON
from executor_service.flows.simulation.scripts import Expect, FlowTest
from executor_service.flows.store import FlowStore
from executor_service.flows.templates.shelf import TemplateShelf
from executor_service.metadata import metadata
from executor_service.registry.registry import join
from executor_service.tools.builtin import builtin_tools
from executor_service.tools.knowledge import knowledge_tools
from shared.contracts.base import LANGUAGES
from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
from shared.database import Database
from shared.errors import InvalidArguments, NotFound
from shared.language.exact_words import ExactWords
from shared.texts import Texts
from tests.executor_service.flows.test_simulator import REHEARSAL


class NoFiles:
    """A knowledge base that nobody asks."""

    def search(self, query: KnowledgeQuery) -> KnowledgeAnswer:
        raise AssertionError(query)


SHELF = TemplateShelf()
REGISTRY = join((*builtin_tools(), *knowledge_tools(NoFiles())))
TOOLS = {spec.name: spec.parameters for spec in REGISTRY.tools}
FINDINGS = Texts("executor_service.flows.checks")
TROUBLES = Texts("executor_service.flows.simulation")


def versions() -> list[FlowVersion]:
    return [
        FlowVersion(id=name, flow_id=name, number=1, name=name, flow=template.flow)
        for name, template in SHELF.by_name.items()
    ]


def test_there_are_ten_templates_and_no_more_are_known() -> None:
    assert len(SHELF.by_name) >= 10
    with pytest.raises(NotFound):
        SHELF.get("gone")


@pytest.mark.parametrize("name", SHELF.by_name)
def test_template_has_nothing_to_mend_beside_all_others(name: str) -> None:
    flow = SHELF.get(name).flow
    looked = Looked(flow_id=name, flow=flow, nodes=REHEARSAL.nodes, published=versions(), tools=TOOLS)
    assert [view.text for view in in_words(check(looked), "en", FINDINGS)] == []


@pytest.mark.parametrize("name", SHELF.by_name)
def test_template_passes_its_own_tests_in_every_language(name: str) -> None:
    flow = SHELF.get(name).flow
    assert {test.scene.language for test in flow.tests} == set(LANGUAGES)
    failures = [
        f"{one.test}, step {one.step}: {TROUBLES.say('en', one.trouble.key, **one.trouble.params)}"
        for one in REHEARSAL.test(name, flow)
    ]
    assert failures == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlowDesk]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'executor.sqlite3'}")
    database.write(metadata.create_all)
    yield FlowDesk(FlowStore(database), REHEARSAL.nodes, lambda: REGISTRY)
    database.close()


@pytest.mark.parametrize("name", SHELF.by_name)
def test_template_runs_its_own_tests_when_it_is_published(desk: FlowDesk, name: str) -> None:
    flow = SHELF.get(name).flow
    wrong = FlowTest(name="never", steps=(Expect(says="nobody ever says this"),))
    spoiled = desk.store.create(name, flow.model_copy(update={"tests": (*flow.tests, wrong)}))
    with pytest.raises(InvalidArguments, match="“never” fails at step 1"):
        desk.publish(spoiled.id, revision=1, language="en", by="user:eva")
    assert desk.store.get(spoiled.id).version_id is None
    made = desk.store.save(spoiled.id, flow, revision=1)
    assert desk.publish(made.id, revision=2, language="en", by="user:eva").number == 1
    desk.store.delete(made.id)


@pytest.mark.parametrize("name", SHELF.by_name)
def test_every_way_out_of_a_template_is_drawn_and_every_node_is_played(name: str) -> None:
    flow = SHELF.get(name).flow
    played = [
        beat.path
        for test in flow.tests
        for beat in REHEARSAL.play(name, flow, test.scene, test.steps, now=MONDAY_NOON).beats
    ]
    unplayed = {node.id for node in flow.nodes} - {node_id for path in played for node_id in path}
    assert unplayed <= {node.id for node in flow.nodes if node.data.type in ("trigger", "handoff", "message")}


@pytest.mark.parametrize("name", SHELF.by_name)
def test_template_is_named_and_described_in_every_language(name: str) -> None:
    template = SHELF.get(name)
    for texts in (template.titles, template.descriptions):
        assert set(texts) == set(LANGUAGES)
        assert len(set(texts.values())) >= 2
    assert set(template.flow.translations) == {"pt", "en"}


@pytest.mark.parametrize("name", SHELF.by_name)
def test_words_that_everybody_has_start_a_template_only_as_its_command(name: str) -> None:
    words = ExactWords("executor_service.rules", strung=("greeting", "thanks"))
    version = next(one for one in versions() if one.flow_id == name)
    for trigger in version.triggers.values():
        own = {words.command(word) for word in trigger.words} & {"cancel", "agent", "opt_out"}
        assert own <= ({"agent"} if trigger.command else set())
