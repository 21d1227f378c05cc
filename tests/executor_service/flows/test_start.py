"""Starting a flow for a contact from outside a message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.contracts.callers import ContactCaller
from shared.errors import Conflict, InvalidArguments
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.stage import Stage
from tests.executor_service.flows.test_rules_engine import START, ask, say

CALLER = ContactCaller(contact_id="ana", conversation_id="of-ana", channel="web", account="console")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path) as made:
        yield made


def test_flow_is_started_with_its_arguments(stage: Stage) -> None:
    flow = draw(START, say("hi", "Hi {{ local.who }}"), ask(), settings={"arguments": [{"name": "who"}]})
    version = stage.publish(flow)
    started = stage.flows.start_flow(version.flow_id, CALLER, arguments={"who": "Ana"})
    assert started is not None
    assert (started.stored.session.status, stage.said()) == ("waiting", ["Hi Ana", "Name?"])
    with pytest.raises(InvalidArguments):
        stage.flows.start_flow(version.flow_id, CALLER)
    assert stage.flows.start_flow(version.flow_id, CALLER, arguments={"who": "x"}, mode="skip_if_busy") is None


def test_flow_that_does_not_run_cannot_be_started(stage: Stage) -> None:
    version = stage.publish(draw(START, say("hi")))
    stage.flows.store.activate(version.flow_id, False)
    with pytest.raises(Conflict, match="not published"):
        stage.flows.start_flow(version.flow_id, CALLER)
