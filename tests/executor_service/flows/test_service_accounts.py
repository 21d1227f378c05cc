"""Service accounts: a flow's tool node acts with other rights, where an administrator allowed it to that flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from executor_service.connections.model import ConnectionDraft
from executor_service.connections.store import ConnectionStore
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.offering import is_offered
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Writing
from shared.contracts.base import Json
from shared.contracts.results import Approval, Text
from shared.contracts.tasks import AnswerRequest
from shared.contracts.turns import Handled
from shared.errors import InvalidArguments
from shared.secrets import SecretBox
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.rules import say
from tests.executor_service.flows.stage import Stage
from tests.executor_service.flows.test_rules_routing import trigger
from tests.fakes.house import SECRET
from tests.patience import until

box = Toolbox("erp")


@box.tool(groups=("sales",))
def total(context: ToolContext) -> str:
    """Reads a total that only the sales group may see."""
    return "total 7"


def pay(context: ToolContext) -> Planned:
    """Pays a bill of 12,000."""
    return Plan(card=Approval(action="Pagar", document="F-7", amount="12000", currency="PEN"), steps={})


def paid(context: ToolContext, steps: Json) -> Text:
    return Text(text="paid")


box.tool(effect="write", writing=Writing(do=paid, find_done=lambda _context, _steps: None))(pay)


@box.tool(effect="write", groups=("sales",))
def order(context: ToolContext) -> str:
    """Writes an order, which only the sales group may do."""
    return "ordered"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service("postgres"))])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """Ana belongs to no group, Eva to `sales`, and so does the service account `bot`; Leo is nobody."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with Stage(tmp_path, database_url=url, tools=box, lets_unknown_into_flows=True) as made:
        made.house.directory.grant("service:bot", groups=("sales",))
        made.house.directory.grant("eva", groups=("sales",))
        yield made


def asking(tool: str, account: str, **more: Any) -> Flow:
    node = ("tool", "tool", {"tool": tool, "account": account, "variable": "session.found"})
    edges = ("start>tool", "tool.success>ok", "tool.error>no")
    ends = (say("ok", "{{ session.found.text }}"), say("no", "{{ session.error }}"))
    return draw(trigger("begin"), node, *ends, edges=edges, **more)


def publish(stage: Stage, tool: str = "erp.total", account: str = "bot", *, is_allowed: bool = True) -> FlowVersion:
    version = stage.publish(asking(tool, account), description="Tells the total")
    if is_allowed and account:
        stage.flows.accounts.allow(version.flow_id, [account], by="admin")
    return version


@pytest.mark.parametrize("contact", ["ana", "leo"])
def test_tool_node_reads_with_the_rights_of_an_allowed_account(stage: Stage, contact: str) -> None:
    publish(stage)
    assert isinstance(stage.say("begin", contact=contact), Handled)
    assert stage.said() == ["total 7"]


def test_without_an_account_the_contact_has_its_own_rights(stage: Stage) -> None:
    publish(stage, account="")
    stage.say("begin")
    assert stage.said() == ["not_permitted"]


def test_account_that_nobody_allowed_to_this_flow_is_refused(stage: Stage) -> None:
    publish(stage, is_allowed=False)
    other = stage.publish(draw(trigger("other"), say("hi")))
    stage.flows.accounts.allow(other.flow_id, ["bot"], by="admin")
    stage.say("begin")
    assert stage.said() == ["not_permitted"]


def test_rights_are_looked_at_again_at_every_call(stage: Stage) -> None:
    version = publish(stage)
    stage.say("begin")
    stage.house.directory.grant("service:bot", groups=())
    stage.say("begin")
    stage.house.directory.grant("service:bot", groups=("sales",))
    stage.flows.accounts.allow(version.flow_id, [], by="admin")
    stage.say("begin")
    stage.flows.accounts.allow(version.flow_id, ["bot"], by="admin")
    del stage.house.directory.links["service:bot"]
    stage.say("begin")
    assert stage.said() == ["total 7", "not_permitted", "not_permitted", "not_permitted"]


def test_write_is_approved_only_by_a_contact_who_might_do_it_as_well(stage: Stage) -> None:
    publish(stage, "erp.order")
    stage.say("begin", contact="ana")
    assert stage.said() == ["not_permitted"]
    stage.say("begin", contact="leo")
    assert stage.said()[1] == "not_linked"
    stage.say("begin", contact="eva")
    session = stage.current("eva")
    assert session is not None
    assert session.wait is not None
    assert session.wait.kind == "approval"
    caller = stage.house.caller("eva", "of-eva")
    stage.executor.answer(session.wait.task_id or "", AnswerRequest(option="approve", caller=caller, key="k"))
    assert until(lambda: stage.look() == 0 and stage.said()[-1] == "ordered")


def test_limit_is_that_of_the_site_which_the_account_writes_to(stage: Stage) -> None:
    """Not of the contact's own site, which may have none."""
    links = stage.house.directory.links
    links["service:bot"] = replace(links["service:bot"], connection_id="other")
    store = ConnectionStore(stage.house.database, SecretBox(SECRET))
    store.create(ConnectionDraft(id="other", name="Other", kind="frappe", url="https://other.example"))
    stage.house.limits.save("other", {"PEN": Decimal(10000)})
    publish(stage, "erp.pay")
    stage.say("begin", contact="eva")
    session = stage.current("eva")
    assert session is not None
    assert session.wait is not None
    answer = AnswerRequest(option="approve", caller=stage.house.caller("eva", "of-eva"), key="k")
    asked = stage.executor.answer(session.wait.task_id or "", answer).task
    assert asked.status == "waiting"
    assert "paid" not in stage.said()


def test_called_flow_brings_its_own_permission_and_lends_none(stage: Stage) -> None:
    child = publish(stage, is_allowed=False)
    call = ("call", "call", {"flow_id": child.flow_id})
    parent = stage.publish(draw(trigger("parent"), call, say("end", "after"), edges=("start>call", "call>end")))
    stage.flows.accounts.allow(parent.flow_id, ["bot"], by="admin")
    stage.say("parent")
    assert stage.said() == ["not_permitted", "after"]


def test_flow_with_an_account_is_never_offered_as_a_tool(stage: Stage) -> None:
    assert not is_offered(publish(stage))
    assert is_offered(publish(stage, account=""))


def test_only_accounts_that_exist_can_be_allowed(stage: Stage) -> None:
    version = publish(stage)
    with pytest.raises(InvalidArguments):
        stage.flows.accounts.allow(version.flow_id, ["bot", "ghost"], by="admin")
    assert stage.flows.accounts.of_flow(version.flow_id) == ("bot",)
