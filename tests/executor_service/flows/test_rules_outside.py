"""Rules of what comes from other systems: callbacks, their one-time addresses, retries before a branch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from executor_service.flows.inputs import Returned
from executor_service.flows.model import Flow
from shared.errors import Gone, NotFound
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.rules import Odd, say
from tests.executor_service.flows.stage import LINKS, Stage
from tests.executor_service.flows.test_rules_routing import trigger


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service("postgres"))])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with Stage(tmp_path, database_url=url, nodes=[Odd()]) as made:
        yield made


def paying() -> Flow:
    link = say("link", "Pay at {{ system.callback_url }}")
    wait = ("pay", "callback", {"variable": "session.paid", "timeout_seconds": 900})
    edges = ("start>link", "link>pay", "pay>ok", "pay.timeout>late")
    return draw(trigger("pay"), link, wait, say("ok", "Paid {{ session.paid.amount }}"), say("late"), edges=edges)


def token(stage: Stage) -> str:
    """The token in the address that was said last."""
    return next(text for text in reversed(stage.said()) if "/callbacks/" in text).rpartition("/")[2]


def test_rule_16_other_system_answers_once_at_its_own_address(stage: Stage) -> None:
    stage.publish(paying())
    stage.say("pay")
    address = token(stage)
    stage.flows.callbacks.receive(address, {"amount": 12})
    assert stage.said()[-1] == "Paid 12"
    with pytest.raises(Gone):
        stage.flows.callbacks.receive(address, {"amount": 13})
    assert stage.look() == 0
    assert stage.said()[-1] == "Paid 12"


def test_rule_16_wait_has_its_own_timeout_exit_after_which_the_address_is_gone(stage: Stage) -> None:
    stage.publish(paying())
    stage.say("pay")
    stage.later(seconds=1000).look()
    assert stage.said()[-1] == "late"
    with pytest.raises(Gone):
        stage.flows.callbacks.receive(token(stage), {})


def test_rule_16_answer_that_comes_before_the_wait_is_kept_for_it(tmp_path: Path) -> None:
    answer: list[str] = []
    flow = draw(
        trigger("pay"),
        ("odd", "odd", {}),
        ("pay", "callback", {"variable": "session.paid"}),
        say("ok", "Paid {{ session.paid.amount }}"),
        edges=("start>odd", "odd.success>pay", "pay>ok"),
    )
    with Stage(tmp_path, nodes=[Odd()]) as stage:

        def perform(call: object, context: object) -> Returned:
            session = stage.current()
            assert session is not None
            answer.append(LINKS.token(session.id, 1))
            stage.flows.callbacks.receive(answer[0], {"amount": 5})
            return Returned(status="success")

        stage.http.does = perform
        stage.publish(flow)
        stage.say("pay")
        assert stage.said() == []
        stage.look()
        assert stage.said() == ["Paid 5"]
        with pytest.raises(Gone):
            stage.flows.callbacks.receive(answer[0], {})


def test_rule_16_address_that_nobody_gave_out_is_not_found(stage: Stage) -> None:
    stage.publish(paying())
    stage.say("pay")
    good = token(stage)
    session_id, number, signature = good.split(".")
    for wrong in ("", "x", f"{session_id}.2.{signature}", f"{session_id}.{number}.{'0' * 40}", good + "0"):
        with pytest.raises(NotFound):
            stage.flows.callbacks.receive(wrong, {})


def test_rule_16_second_wait_has_an_address_of_its_own(stage: Stage) -> None:
    link = say("link", "{{ system.callback_url }}")
    again = draw(trigger("pay"), link, ("one", "callback", {}), ("two", "goto", {"node_id": "link"}))
    stage.publish(again)
    stage.say("pay")
    first = token(stage)
    stage.flows.callbacks.receive(first, {})
    assert token(stage) != first
    with pytest.raises(Gone):
        stage.flows.callbacks.receive(first, {})
    stage.flows.callbacks.receive(token(stage), {})
    assert len(stage.said()) == 3
