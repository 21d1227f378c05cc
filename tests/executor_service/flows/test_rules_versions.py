"""Rule of versions: people finish on the old one, move where their node still exists, or are interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from executor_service.flows.model import Flow
from executor_service.flows.settling import Settled
from shared.errors import Conflict
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.rules import Odd, ask, say
from tests.executor_service.flows.stage import Stage
from tests.executor_service.flows.test_rules_routing import trigger

PEOPLE = tuple("abcdefgh")
SECOND = ("second", "wait_input", {"text": "And?", "timeout_seconds": 600})


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service("postgres"))])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with Stage(tmp_path, database_url=url, nodes=[Odd()], known=PEOPLE) as made:
        yield made


def drawn(last: str) -> Flow:
    return draw(trigger("begin"), ask(), SECOND, say("end", last))


def people_on_two_nodes(stage: Stage) -> str:
    """The flow, in whose first version half of the people are at `ask` and half at `second`."""
    version = stage.publish(drawn("old"))
    for contact in PEOPLE:
        stage.say("begin", contact=contact)
    for contact in PEOPLE[:4]:
        stage.say("Ana", contact=contact)
    return version.flow_id


def publish_again(stage: Stage, flow_id: str, flow: Flow) -> None:
    revision = stage.flows.store.get(flow_id).revision
    stage.flows.store.save(flow_id, flow, revision=revision)
    stage.flows.store.publish(flow_id)


def test_rule_49_publish_shows_who_stands_on_each_node(stage: Stage) -> None:
    flow_id = people_on_two_nodes(stage)
    publish_again(stage, flow_id, drawn("new"))
    stage.flows.runtime.stop(stage.sessions("a")[0].id, "interrupted", "test")
    versions, found = stage.flows.settling.standing(flow_id)
    assert [(one.version_id, one.node_id, one.people) for one in found] == [
        (versions[1].id, "ask", 4),
        (versions[1].id, "second", 3),
    ]


def test_rule_49_people_finish_on_the_old_version_by_default(stage: Stage) -> None:
    flow_id = people_on_two_nodes(stage)
    publish_again(stage, flow_id, drawn("new"))
    assert stage.flows.settling.settle(flow_id, "keep") == Settled(0, 8)
    stage.say("yes", contact="a")
    assert stage.said()[-1] == "old"


def test_rule_49_people_move_where_their_node_still_exists(stage: Stage) -> None:
    flow_id = people_on_two_nodes(stage)
    publish_again(stage, flow_id, draw(trigger("begin"), SECOND, say("end", "new")))
    assert stage.flows.settling.settle(flow_id, "move") == Settled(4, 4)
    stage.say("yes", contact="a")
    assert stage.said()[-1] == "new"
    stage.say("Eva", contact="e")
    stage.say("yes", contact="e")
    assert stage.said()[-1] == "old"


def test_rule_49_moved_wait_keeps_its_clock(stage: Stage) -> None:
    flow_id = people_on_two_nodes(stage)
    edges = ("start>ask", "ask>second", "second>end", "second.timeout>late")
    publish_again(stage, flow_id, draw(trigger("begin"), ask(), SECOND, say("end"), say("late"), edges=edges))
    assert stage.flows.settling.settle(flow_id, "move").done == 8
    stage.later(seconds=700).look()
    assert stage.said().count("late") == 4


def test_rule_49_people_on_old_versions_may_be_interrupted(stage: Stage) -> None:
    flow_id = people_on_two_nodes(stage)
    publish_again(stage, flow_id, drawn("new"))
    stage.say("begin", contact="h")
    assert stage.flows.settling.settle(flow_id, "interrupt") == Settled(7, 0)
    assert stage.sessions("a")[0].reason == "a new version was published"
    assert stage.current("h") is not None


def test_rule_49_node_of_another_kind_is_another_node(stage: Stage) -> None:
    flow_id = people_on_two_nodes(stage)
    publish_again(stage, flow_id, draw(trigger("begin"), say("ask"), say("second")))
    assert stage.flows.settling.settle(flow_id, "move") == Settled(0, 8)


def test_rule_49_caller_that_is_in_a_sub_flow_moves_too(stage: Stage) -> None:
    child = stage.publish(draw(("go", "trigger", {}), ask()), "child")
    call = ("call", "call", {"flow_id": child.flow_id})
    parent = stage.publish(draw(trigger("begin"), call, say("end", "old"), edges=("start>call", "call>end")))
    stage.say("begin", contact="a")
    publish_again(stage, parent.flow_id, draw(trigger("begin"), call, say("end", "new")))
    assert stage.flows.settling.settle(parent.flow_id, "move").done == 1
    stage.say("Ana", contact="a")
    assert stage.said()[-1] == "new"


def test_flow_that_was_never_published_has_nobody_to_settle(stage: Stage) -> None:
    stored = stage.flows.store.create("Draft", drawn("x"))
    with pytest.raises(Conflict):
        stage.flows.settling.settle(stored.id, "move")
