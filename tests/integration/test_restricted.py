"""A person limited to one territory, on every way to figures: only their rows, or told that it is not theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from executor_service.connections.model import LinkDraft
from executor_service.tables import events
from recado.services import Services
from recado.start import prepare
from shared.clock import utc_now
from shared.contracts.callers import ContactCaller
from shared.contracts.tasks import CallRequest, TaskState
from shared.errors import NotPermitted
from shared.settings import Settings
from tests.executor_service.flows.drawing import draw
from tests.patience import until

COMPANY = "ferreteria-andina.example"
LIMITED, MANAGER = "vendedor.cusco", "gerente"
SENTENCE = "Tu usuario del ERP no tiene permiso para esto."
REFUSED = {"erp_not_permitted", "not_permitted", "needs_one_of", "invalid_arguments", "tool_failed", "no_match"}
WRITTEN_TO_HIM = {"todo.mine"}
"""What colleagues assigned to the person himself may name anybody."""
OF_KIND = {"document.find", "document.count", "document.total"}


class Shop:
    """The demo company as `recado` starts it, with a clock that can be moved."""

    def __init__(self, home: Path) -> None:
        self.ahead = timedelta()
        self.services = Services(prepare(Settings(home=home)), ("executor",), now=lambda: utc_now() + self.ahead)
        self.services.start()
        for person in (LIMITED, MANAGER):
            draft = LinkDraft(connection_id="default", erp_user=f"{person}@{COMPANY}")
            self.services.executor_rooms.directory.links.save(person, draft)
        erp = self.services.executor_rooms.directory.access(MANAGER).erp()
        fields = ("name", "customer_name", "territory")
        everybody = erp.find("Customer", fields=fields, limit=500)
        self.own = {str(one["name"]) for one in everybody if one["territory"] == "Cusco"}
        self.foreign = {str(one[field]) for one in everybody if one["territory"] != "Cusco" for field in fields[:2]}

    def caller(self, contact: str) -> ContactCaller:
        return ContactCaller(
            contact_id=contact,
            conversation_id=f"of-{contact}",
            channel="web",
            account="1",
            language="es",
            time_zone="America/Lima",
        )

    def ask(self, tool: str, contact: str = LIMITED, **arguments: Any) -> TaskState:
        executor, key = self.services.local_executor, f"{contact}:{tool}:{json.dumps(arguments)}"[:200]
        token = self.services.tokens.sign(self.caller(contact))
        request = CallRequest(tool=tool, arguments=arguments, caller=token, key=key, wait_seconds=60)
        task = executor.call(request).task
        assert until(lambda: executor.task(task.id, token).status not in ("queued", "running"))
        return executor.task(task.id, token)

    def strangers_in(self, task: TaskState) -> set[str]:
        """The customers of other territories that a result names: in cells, texts and files."""
        words = [task.model_dump_json()]
        for part in task.parts:
            if part.kind == "file" and not part.media_type.startswith("image/"):
                _, stream = self.services.local_executor.open_artifact(part.artifact_id)
                with stream:
                    words.append(stream.read().decode("utf-8", "replace"))
        return {name for name in self.foreign if any(name in text for text in words)}

    def said(self, contact: str = LIMITED) -> list[str]:
        query = select(events.c.data).where(events.c.type == "message", events.c.conversation_id == f"of-{contact}")
        with self.services.database.read() as connection:
            rows = list(connection.execute(query.order_by(events.c.id)))
        return [part.get("text", "") for row in rows for part in row.data["parts"]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    made = Shop(tmp_path_factory.mktemp("shop"))
    yield made
    made.services.stop()


def test_every_report_and_list_has_only_their_rows_or_is_refused_in_words(shop: Shop) -> None:
    reading = [
        tool for tool in shop.services.executor_rooms.tool_files.registry().by_name.values() if tool.effect == "read"
    ]
    answered, refused = set(), set()
    for tool in reading:
        needed = [one for one in tool.parameters if one.required]
        arguments = {one.name: "octubre 2026" for one in needed if one.kind == "period"}
        if tool.name in OF_KIND:
            arguments["kind"] = "Customer"
        if {one.name for one in needed} - set(arguments) or tool.groups:
            continue
        task = shop.ask(tool.name, **arguments)
        assert tool.name in WRITTEN_TO_HIM or not shop.strangers_in(task), tool.name
        if task.error is None:
            answered.add(tool.name)
            continue
        assert task.error.reason in REFUSED, (tool.name, task.error)
        if task.error.reason == "erp_not_permitted":
            assert task.error.text == SENTENCE
            refused.add(tool.name)
    assert {"document.find", "document.count", "sales.pending"} <= answered
    assert {"sales.by_customer", "receivables.ageing", "finance.profit_and_loss", "sales.register"} <= refused


def test_documents_are_counted_found_and_shown_as_far_as_they_are_theirs(shop: Shop) -> None:
    counted = shop.ask("document.count", kind="Customer")
    assert f"*{len(shop.own)}*" in counted.parts[0].text  # type: ignore[union-attr]
    (found, *_) = shop.ask("document.find", kind="Customer", limit=100).results
    assert found.row_count == len(shop.own)  # type: ignore[union-attr]
    stranger = sorted(shop.foreign)[0]
    for tool in ("document.show", "document.related", "document.attachments", "document.pdf"):
        refused = shop.ask(tool, name=stranger, kind="Customer")
        assert refused.error is not None
        assert refused.error.reason in ("no_match", "erp_not_permitted")
    (searched,) = shop.ask("names.search", text=stranger).results
    assert searched.kind == "text"  # that nothing is called so


def test_database_and_ledger_are_not_theirs(shop: Shop) -> None:
    for tool, arguments in (
        ("database.query", {"sql": "SELECT name FROM tabCustomer"}),
        ("database.columns", {"table": "tabCustomer"}),
    ):
        with pytest.raises(NotPermitted):
            shop.ask(tool, **arguments)
    exported = shop.ask("ledger.export", period="octubre 2026")
    assert exported.error is not None
    assert exported.error.text == SENTENCE


def test_results_of_others_are_out_of_reach_and_exports_hold_their_own_rows(shop: Shop) -> None:
    theirs = shop.ask("document.find", MANAGER, kind="Customer", limit=100)
    for tool, more in (
        ("result.filter", {"words": "Lima"}),
        ("result.excel", {}),
        ("result.csv", {}),
        ("result.top", {}),
    ):
        refused = shop.ask(tool, result=theirs.id, **more)
        assert refused.error is not None, tool
        assert not shop.strangers_in(refused)
    own = shop.ask("document.find", kind="Customer", limit=100)
    exported = shop.ask("result.csv", result=own.id)
    assert exported.error is None
    assert any(part.kind == "file" for part in exported.parts)
    assert not shop.strangers_in(exported)


def test_flow_runs_its_tools_with_their_rights(shop: Shop) -> None:
    def tool_node(name: str, tool: str, **arguments: str) -> tuple[str, str, dict[str, Any]]:
        return (name, "tool", {"tool": tool, "arguments": arguments, "variable": f"session.{name}"})

    flow = draw(
        ("start", "trigger", {"kind": "manual"}),
        tool_node("count", "document.count", kind="Customer"),
        tool_node("sales", "sales.by_customer", period="octubre 2026"),
        ("open", "message", {"text": "{{ session.count.text }}"}),
        ("closed", "message", {"text": "{{ session.count.text }} / no"}),
        edges=("start>count", "count.success>sales", "sales.success>open", "sales.error>closed"),
    )
    store = shop.services.executor_rooms.flow_desk.store
    stored = store.create("mine", flow)
    store.publish(stored.id)
    store.activate(stored.id, True)
    for contact in (LIMITED, MANAGER):
        shop.services.local_executor.flows.start_flow(stored.id, shop.caller(contact))
    assert until(lambda: shop.said() and shop.said(MANAGER))
    assert f"*{len(shop.own)}*" in shop.said()[0]
    assert shop.said()[0].endswith("/ no")
    assert not shop.said(MANAGER)[0].endswith("/ no")


def test_schedule_runs_with_their_rights_and_says_what_it_may_not(shop: Shop) -> None:
    before = len(shop.said())
    for tool, arguments in (
        ("document.count", {"kind": "Customer"}),
        ("sales.by_customer", {"period": "el mes pasado"}),
    ):
        made = shop.ask("schedule.create", call={"tool": tool, "arguments": arguments}, when="cada día a las 8")
        assert made.error is None
    shop.ahead = timedelta(days=1)
    assert until(lambda: len(shop.said()) >= before + 2)
    told = shop.said()[before:]
    assert any(f"*{len(shop.own)}*" in text for text in told)
    assert any(SENTENCE in text for text in told)
    assert not [name for name in shop.foreign for text in told if name in text]
