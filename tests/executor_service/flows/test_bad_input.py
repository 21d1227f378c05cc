"""What people and strangers do to flows: each ends in a sentence or an exit, and the next message is answered."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from executor_service.connectors.web.client import WebClient
from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.calls.http import HttpEffect
from executor_service.flows.calls.retrying import Retries
from executor_service.flows.desk import FlowDesk
from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.inputs import Returned
from executor_service.flows.javascript.effect import JavascriptEffect
from executor_service.flows.javascript.runner import script_runner
from executor_service.flows.model import Flow
from executor_service.flows.node import join_nodes
from executor_service.flows.settling import Settled
from executor_service.registry.registry import join
from shared.contracts.turns import Handled
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.rules import ERROR, Once, ask, buttons, say
from tests.executor_service.flows.stage import Doing, Stage, options_of
from tests.executor_service.flows.test_rules_routing import trigger
from tests.patience import until

MEGABYTE = 2**20
PEOPLE = tuple(f"p{number}" for number in range(100))
INNER = {"inner.example": ["10.0.0.1"], "metadata.example": ["169.254.169.254"]}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """With the real expressions, scripts in child processes and the guarded web client; names are looked up here."""
    names: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        names.append(host)
        if host == "rebinding.example":
            return ["127.0.0.1"] if names.count(host) == 1 else ["10.0.0.1"]
        return INNER.get(host, ["127.0.0.1"] if host == "api.example" else [host])

    web = WebClient(resolve=resolve, allow=lambda address: address == "127.0.0.1")
    effects = {
        "http": HttpEffect(web.fetch, lambda _name: None, retries=Retries(lambda _seconds: None)),
        "javascript": JavascriptEffect(script_runner()),
    }
    with Stage(tmp_path, effects=effects, expressions=TemplateExpressions(), known=("ana", *PEOPLE)) as made:
        yield made


def findings(stage: Stage, flow: Flow) -> set[str]:
    """The critical findings of a drawing: with any it is not published."""
    desk = FlowDesk(stage.flows.store, join_nodes(builtin_nodes()), lambda: join(()))
    return {one.rule for one in desk.check_draft("flow", flow, "en") if one.severity == "critical"}


def answers(stage: Stage) -> None:
    """Proves that flows still run, for the same person too."""
    stage.publish(draw(("go", "trigger", {"kind": "keyword", "words": ["alive"]}), say("yes", "still here")))
    assert isinstance(stage.say("alive"), Handled)
    assert stage.said()[-1] == "still here"


def ended(stage: Stage) -> tuple[str, str]:
    session = stage.sessions()[-1]
    return session.status, session.reason


def test_cycle_without_a_wait_is_not_published_and_ends(stage: Stage) -> None:
    flow = draw(trigger("begin"), say("a", "{{ system.now }}"), say("b", "2"), edges=("start>a", "a>b", "b>a"))
    assert "endless" in findings(stage, flow)
    stage.publish(flow)
    stage.say("begin")
    assert ended(stage)[0] == "failed"
    assert stage.said()[-1] == ERROR
    answers(stage)


def test_flow_of_a_thousand_nodes_is_checked_and_runs(stage: Stage) -> None:
    """A question at every fiftieth node: a sprint has at most a hundred steps."""
    nodes = [ask(f"{n}?") if n % 50 == 0 else say(f"n{n}", f"{n}") for n in range(1, 999)]
    nodes = [(f"n{place}", kind, config) for place, (_, kind, config) in enumerate(nodes, 1)]
    flow = draw(trigger("begin"), *nodes, ("end", "end", {}))
    assert not findings(stage, flow) - {"many_messages"}
    stage.publish(flow)
    stage.say("begin")
    while stage.current() is not None:
        stage.say("on")
    session = stage.sessions()[-1]
    assert (session.status, session.sprint) == ("completed", 20)


def test_flow_of_too_many_nodes_is_not_published(stage: Stage) -> None:
    assert findings(stage, draw(trigger("x"), *[say(f"n{n}") for n in range(1_000)])) == {"too_many_nodes"}


def test_edge_to_nowhere_is_not_published_and_ends_the_session(stage: Stage) -> None:
    flow = draw(trigger("begin"), edges=("start>gone",))
    assert "edge_nowhere" in findings(stage, flow)
    stage.publish(flow)
    stage.say("begin")
    assert ended(stage) == ("failed", "there is no node gone")
    assert stage.said() == [ERROR]


@pytest.mark.parametrize("config", [{"text": 7}, {"text": ["a"]}, {"text": "a", "root": True}, {"text": None}])
def test_config_of_the_wrong_type_is_not_published_and_ends_the_session(stage: Stage, config: dict[str, Any]) -> None:
    flow = draw(trigger("begin"), ("bad", "wait_input", config))
    assert findings(stage, flow) & {"config", "config_unknown", "config_missing"}
    stage.publish(flow)
    stage.say("begin")
    assert ended(stage)[0] == "failed"
    answers(stage)


def test_regex_bomb_is_not_published_and_takes_its_error_exit(stage: Stage) -> None:
    bomb = ("ask", "validate_regex", {"text": "?", "pattern": "^(a+)+$"})
    flow = draw(trigger("begin"), bomb, say("bad"), edges=("start>ask", "ask.error>bad"))
    assert findings(stage, flow) == {"config"}
    stage.publish(flow)
    stage.say("begin")
    stage.say("a" * 5_000 + "!")
    assert stage.said()[-1] in ("bad", ERROR)
    answers(stage)


@pytest.mark.parametrize("script", ["while (true) {}", "const a = []; while (true) a.push(new Array(100000).fill(1))"])
def test_endless_script_and_memory_bomb_leave_by_an_exit(stage: Stage, script: str) -> None:
    run = ("run", "javascript", {"script": script})
    edges = ("start>run", "run.success>ok", "run.error>bad", "run.timeout>bad")
    stage.publish(draw(trigger("begin"), run, say("ok"), say("bad"), edges=edges))
    stage.say("begin")
    assert until(stage.said)
    assert stage.said() == ["bad"]
    answers(stage)


@pytest.mark.parametrize("text", ["{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}"])
def test_way_out_of_the_sandbox_is_empty(stage: Stage, text: str) -> None:
    flow = draw(trigger("begin"), say("a", f"[{text}]"), say("b", "after"))
    assert "bad_expression" in findings(stage, flow)
    stage.publish(flow)
    stage.say("begin")
    assert not any("class" in said for said in stage.said())
    assert stage.said()[-1] == "after"


@pytest.mark.parametrize("text", ["{{ 'x' * 1000000000 }}", "{% for a in range(1000000000) %}x{% endfor %}"])
def test_template_that_would_be_a_gigabyte_costs_little(stage: Stage, text: str) -> None:
    stage.publish(draw(trigger("begin"), say("a", f"[{text}]"), say("b", "after")))
    tracemalloc.start()
    stage.say("begin")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stage.said()[-1] == "after"
    assert max(map(len, stage.said())) <= 4_000
    assert peak < 64 * MEGABYTE


def asking(url: str) -> Flow:
    get = ("get", "http_request", {"url": url, "variable": "session.got"})
    edges = ("start>get", "get.success>ok", "get.error>bad", "get.timeout>bad")
    return draw(trigger("begin"), get, say("ok"), say("bad", "{{ session.error }}"), edges=edges)


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/meta-data/", "http://metadata.example/"])
def test_request_to_an_inner_address_is_refused(stage: Stage, url: str) -> None:
    stage.publish(asking(url))
    stage.say("begin")
    assert stage.said() == ["http_forbidden_address"]


def test_redirect_to_an_inner_address_is_refused(stage: Stage, httpserver: HTTPServer) -> None:
    inner = {"Location": "http://169.254.169.254/latest/meta-data/"}
    httpserver.expect_request("/").respond_with_data("", status=302, headers=inner)
    stage.publish(asking(f"http://api.example:{httpserver.port}/"))
    stage.say("begin")
    assert stage.said() == ["http_forbidden_address"]


def test_name_that_changes_its_address_is_asked_once_and_only_what_was_checked_is_reached(
    stage: Stage, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data("public")
    stage.publish(asking(f"http://rebinding.example:{httpserver.port}/"))
    stage.say("begin")
    assert stage.said() == ["ok"]
    stage.say("begin")
    assert stage.said()[-1] == "http_forbidden_address"


def test_two_messages_at_once_are_each_taken_once(stage: Stage) -> None:
    both = ("second", "wait_input", {"text": "And?", "variable": "session.more"})
    stage.publish(draw(trigger("begin"), ask(), both, say("end", "{{ session.name }}-{{ session.more }}")))
    stage.say("begin")
    outcomes: list[Any] = []
    threads = [threading.Thread(target=lambda word=word: outcomes.append(stage.say(word, key=word))) for word in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(one, Handled) for one in outcomes)
    assert stage.said()[-1] in ("x-y", "y-x")


def test_tap_on_a_button_of_last_week_counts_as_its_words(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), buttons("pick", "yes", "no")))
    stage.publish(draw(("go", "trigger", {"kind": "keyword", "words": ["yes"]}), say("word", "you said yes")))
    stage.say("begin")
    option = options_of(stage.events()[-1])["yes"]
    stage.later(days=7).look()
    assert stage.sessions()[0].status == "expired"
    assert isinstance(stage.tap(option, "yes"), Handled)
    assert stage.said()[-1] == "you said yes"


def test_flow_that_is_edited_while_a_hundred_people_stand_in_it_goes_on_as_it_was(stage: Stage) -> None:
    version = stage.publish(draw(trigger("begin"), ask(), say("end", "old")))
    for contact in PEOPLE:
        stage.say("begin", contact=contact)
    stage.flows.store.save(version.flow_id, draw(trigger("begin"), say("ask", "other"), say("end", "new")), revision=1)
    stage.flows.store.publish(version.flow_id)
    for contact in PEOPLE[:50]:
        stage.say("Ana", contact=contact)
    assert stage.said().count("old") == 50
    assert stage.flows.settling.settle(version.flow_id, "interrupt") == Settled(50, 0)


def test_flow_that_is_deleted_while_a_hundred_people_stand_in_it_ends_with_them(stage: Stage) -> None:
    version = stage.publish(draw(trigger("begin"), ask(), say("end", "bye")))
    for contact in PEOPLE:
        stage.say("begin", contact=contact)
    stage.flows.store.delete(version.flow_id)
    for contact in PEOPLE:
        stage.say("Ana", contact=contact)
    assert stage.said().count("bye") == 100
    assert not isinstance(stage.say("begin", contact=PEOPLE[0]), Handled)


class Killed(BaseException):
    """The process dies here."""


def test_kill_between_a_side_effect_and_its_commit_never_makes_it_twice(tmp_path: Path) -> None:
    made: list[str] = []

    def perform(call: Any, _context: Any) -> Returned:
        made.append(call.key)
        raise Killed

    flow = draw(
        trigger("begin"), ("it", "once", {}), say("ok"), say("bad"), edges=("start>it", "it.success>ok", "it.error>bad")
    )
    with Stage(tmp_path, nodes=[Once()], http=Doing(perform)) as first:
        while first.flows._pool.reserve():
            pass  # the thread that asks also makes the call, so that it is killed with it
        first.publish(flow)
        with pytest.raises(Killed):
            first.say("begin")
    with Stage(tmp_path, nodes=[Once()], http=Doing(perform)) as second:
        second.later(seconds=60).look()
        assert until(second.said)
        assert second.sessions()[0].variables.get("error", "unknown_outcome") == "unknown_outcome"
        assert second.said() == ["bad"]
    assert len(made) == 1
