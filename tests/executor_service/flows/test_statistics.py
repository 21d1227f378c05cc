"""Statistics: what the counters say of visits, ways, drop-off, answers and variants, and that they are pruned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from executor_service.flows.model import FlowVersion
from executor_service.flows.retention import Kept, prune
from executor_service.flows.statistics import Counted, FlowStatistics, NodeStatistics, Runs, read, statistics_of
from executor_service.flows.tables import flow_counters, flow_sessions, flow_traces
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.rules import ask, buttons, say
from tests.executor_service.flows.stage import Stage, options_of
from tests.executor_service.flows.test_rules_routing import trigger

TODAY = date(2026, 11, 20)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service("postgres"))])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with Stage(tmp_path, database_url=url, known=tuple("abcdefghij")) as made:
        yield made


def of(stage: Stage, version: FlowVersion, start: date = TODAY, end: date = TODAY) -> FlowStatistics:
    counts = read(stage.database, [version.id], start, end)
    return statistics_of(version.flow_id, [version.id], version, start, end, counts)


def node(found: FlowStatistics, node_id: str) -> NodeStatistics:
    return next(one for one in found.nodes if one.node_id == node_id)


def test_visits_and_edges_are_counted(stage: Stage) -> None:
    version = stage.publish(draw(trigger("begin"), ask(), say("end", "Bye")))
    for contact in "abc":
        stage.say("begin", contact=contact)
    stage.say("Ana", contact="a")
    found = of(stage, version)
    assert [(one.source, one.target, one.count) for one in found.edges] == [("start", "ask", 3), ("ask", "end", 1)]
    assert (node(found, "ask").visits, node(found, "end").visits) == (3, 1)
    assert found.runs == Runs(started=3, completed=1)


def test_drop_off_is_where_people_stood(stage: Stage) -> None:
    asked = ask(timeout_seconds=60)
    version = stage.publish(draw(trigger("begin"), asked, ("pick", "buttons", TWO), edges=EDGES))
    other = stage.publish(draw(("go", "trigger", {"kind": "keyword", "words": ["other"]}), ask()))
    for contact in "abc":
        stage.say("begin", contact=contact)
    stage.say("other", contact="a")
    stage.say("Bea", contact="b")
    stage.later(minutes=3).look()
    stage.later(days=2).look()
    found = of(stage, version, end=TODAY + timedelta(days=2))
    assert found.runs == Runs(started=3, completed=1, expired=1, interrupted=1)
    assert (node(found, "ask").interrupted, node(found, "ask").timeouts, node(found, "ask").dropped) == (1, 1, 1)
    assert (node(found, "pick").expired, node(found, "pick").dropped) == (1, 1)
    assert [(one.day, one.started, one.expired) for one in found.days] == [(TODAY, 3, 0), (date(2026, 11, 22), 0, 1)]
    assert of(stage, other).runs.started == 1


TWO = {"text": "?", "options": [{"id": "yes", "title": "Sí"}, {"id": "no", "title": "No"}]}
EDGES = ("start>ask", "ask>pick")


def test_answers_are_counted_by_option_whether_tapped_or_written(stage: Stage) -> None:
    version = stage.publish(draw(trigger("begin"), buttons("pick", "yes", "no")))
    for contact in "abc":
        stage.say("begin", contact=contact)
    stage.say("no", contact="a")
    stage.say("yes", contact="b")
    stage.tap(options_of(stage.events()[2])["no"], "no", contact="c")
    assert node(of(stage, version), "pick").answers == (Counted(id="no", count=2), Counted(id="yes", count=1))


def test_answers_of_a_multiple_choice_each_count(stage: Stage) -> None:
    many = {"text": "?", "multiple": True, "options": [{"id": one, "title": one} for one in ("red", "green", "blue")]}
    version = stage.publish(
        draw(
            trigger("begin"),
            ("list", "list", many),
            ("opt", "validate_options", many),
            edges=("start>list", "list>opt"),
        )
    )
    stage.say("begin", contact="a")
    stage.say("red and blue", contact="a")
    stage.say("green, blue", contact="a")
    found = of(stage, version)
    assert {one.id for one in node(found, "list").answers} == {"red", "blue"}
    assert {one.id for one in node(found, "opt").answers} == {"green", "blue"}


def test_variant_comes_to_its_goal_once_in_a_session(stage: Stage) -> None:
    split = ("split", "random", {"variants": [{"id": "a"}, {"id": "b"}], "goal": "thanks"})
    edges = ("start>split", "split.a>thanks", "split.b>other", "thanks>pick", "pick.again>split", "pick.on>other")
    again = buttons("pick", "again", "on")
    version = stage.publish(draw(trigger("begin"), split, say("thanks"), again, say("other"), edges=edges))
    for contact in "abcdefghij":
        stage.say("begin", contact=contact)
        stage.say("again", contact=contact)
    variants = {one.id: one for one in node(of(stage, version), "split").variants}
    assert sum(one.sessions for one in variants.values()) == 10
    assert (variants["a"].goals, variants["a"].rate) == (variants["a"].sessions, 1.0)
    assert (variants["b"].goals, variants["b"].rate) == (0, 0.0)


def test_run_of_a_called_flow_is_its_own(stage: Stage) -> None:
    child = stage.publish(draw(("go", "trigger", {}), ask()))
    call = ("call", "call", {"flow_id": child.flow_id})
    parent = stage.publish(draw(trigger("begin"), call, say("end"), edges=("start>call", "call>end")))
    stage.say("begin", contact="a")
    stage.later(days=2).look()
    assert of(stage, child, end=TODAY + timedelta(days=3)).runs == Runs(started=1, expired=1)
    assert of(stage, parent, end=TODAY + timedelta(days=3)).runs == Runs(started=1, completed=1)


def test_old_counters_and_sessions_are_pruned_and_open_sessions_stay(stage: Stage) -> None:
    version = stage.publish(draw(trigger("begin"), ask()))
    for contact in "ab":
        stage.say("begin", contact=contact)
    stage.say("Ana", contact="a")
    kept = Kept(statistics=timedelta(days=10), sessions=timedelta(days=10))
    assert prune(stage.database, stage.time + timedelta(days=9), kept) == 0
    assert prune(stage.database, stage.time + timedelta(days=11), kept) > 0
    assert of(stage, version).nodes == ()
    with stage.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(flow_counters)).scalar() == 0
        assert list(connection.execute(select(flow_sessions.c.status)).scalars()) == ["waiting"]
        assert {row.session_id for row in connection.execute(select(flow_traces))} == {stage.sessions("b")[0].id}
