"""A whole interpreter and executor over the demo ERP, a web page and a knowledge base, each able to carry a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import requests
from pytest_httpserver import HTTPServer

from executor_service.erp.frappe import FrappeErp
from executor_service.executor import Executor
from executor_service.registry.context import ToolContext
from executor_service.registry.registry import Registry, join
from executor_service.registry.toolbox import Toolbox
from executor_service.schedules.schedules import Schedules
from executor_service.schedules.tools import schedule_tools
from executor_service.tasks import store
from executor_service.tasks.model import Task
from executor_service.tools.builtin import builtin_tools
from executor_service.tools.knowledge import knowledge_tools
from interpreter_service.agent.model import ModelLimits, ModelReply
from interpreter_service.interpreter import Interpreter
from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.knowledge.tables import metadata as knowledge_tables
from interpreter_service.limits import Limits
from interpreter_service.tables import metadata
from recado.rendering import render_for
from shared.clock import utc_now
from shared.contracts.base import Json
from shared.contracts.results import Text
from shared.contracts.turns import TextInput, TurnRequest, TurnResponse
from shared.database import Database
from shared.texts import Texts
from tests.fakes.documents import pdf
from tests.fakes.house import FakeDirectory, House
from tests.injection.attacks import Attack, ObeyingModel

CONTACT = "ana"
CODE = "ZZ-CARRIER"
PAGE = "/page"
CUSTOMER = {"customer_name": CODE, "customer_group": "Comercial", "territory": "Peru", "customer_type": "Company"}
ITEM = {"item_code": CODE, "item_name": CODE, "item_group": "Herramientas", "stock_uom": "Unidad(es)"}
WATCHED = (
    "Sales Invoice", "Sales Order", "Purchase Order", "Quotation", "Customer", "Item", "Lead", "Payment Entry",
    "Comment", "ToDo", "File", "Delivery Note", "Purchase Invoice",
)  # fmt: skip
SEEN_FIELDS = ("name", "modified", "docstatus")
ALL = 5_000


@dataclass
class World:
    """`carry` lets a clerk put a text where carriers keep it; `ask` lets a person ask so that the model reads it."""

    folder: Path
    erp: FrappeErp
    clerk: FrappeErp
    web: HTTPServer
    house: House = field(init=False)
    knowledge: KnowledgeBase = field(init=False)
    schedules: Schedules = field(init=False)
    minds: Database = field(init=False)
    mind: Interpreter = field(init=False)
    model: ObeyingModel = field(init=False)
    numbers: count[int] = field(default_factory=lambda: count(1))
    _carriers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        registry: list[Registry] = []
        directory = FakeDirectory()
        directory.grant(CONTACT, self.erp)
        self.house = House(self.folder, (), directory=directory, registry=lambda: registry[0], render=render_for)
        self.schedules = Schedules(self.house.database, lambda: registry[0], directory, utc_now)
        self.minds = Database(f"sqlite:///{self.folder / 'interpreter.sqlite3'}")
        self.minds.write(metadata.create_all)
        self.minds.write(knowledge_tables.create_all)
        self.knowledge = KnowledgeBase(self.minds, self.folder / "knowledge")
        texts = Texts("executor_service.schedules")
        scheduling = schedule_tools(self.schedules, texts, lambda _connection_id: False)
        reading = (*knowledge_tools(self.knowledge), *self._web_box())
        registry.append(join((*builtin_tools(), *scheduling, *reading)))
        limits = Limits(tools_shown=ALL)
        self.mind = Interpreter(
            self.minds, self.executor, self.house.tokens, model=self, embedder=AllAlike(), limits=limits
        )

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        """Is the model of the one interpreter: that of the attack at hand."""
        return self.model.complete(messages, tools, limits)

    @property
    def executor(self) -> Executor:
        return self.house.executor

    def ask(self, attack: Attack, carrier: str) -> tuple[TurnResponse, ObeyingModel]:
        """What a turn comes to in which the model reads the attack out of this carrier."""
        model = self.model = ObeyingModel(attack, LOOKS.get(carrier))
        number = next(self.numbers)
        said = attack.text if carrier in ("message", "forwarded") else "¿qué dice?"
        request = TurnRequest(
            turn_id=f"turn-{number}",
            caller=self.house.caller(CONTACT, f"conversation-{number}", attack.language),
            input=TextInput(text=said, is_forwarded=carrier == "forwarded"),
        )
        return self.mind.turn(request), model

    def carry(self, attack: Attack) -> None:
        """Puts the text into all carriers that keep one."""
        self.clerk.update("Customer", self._made("Customer", CUSTOMER), {"customer_name": attack.text})
        self.clerk.update("Item", self._made("Item", ITEM), {"item_name": attack.text})
        self.knowledge.add(pdf(f"Garantía del taladro\n{attack.text}"), "garantia.pdf", by="admin", replaces=True)
        self.web.clear()
        self.web.expect_request(PAGE).respond_with_data(attack.text, content_type="text/plain; charset=utf-8")

    def writes(self) -> list[Task]:
        """The tasks of this person that would change something."""
        with self.house.database.read() as connection:
            found = store.recent(connection, limit=ALL, before=None, contact_id=CONTACT)
        return [task for task in found if task.effect != "read"]

    def seen(self) -> dict[str, set[tuple[Any, ...]]]:
        """All that the attacks could change in the ERP."""
        return {doctype: self._rows(doctype) for doctype in WATCHED}

    def _rows(self, doctype: str) -> set[tuple[Any, ...]]:
        found = self.erp.find(doctype, fields=SEEN_FIELDS, limit=ALL)
        return {tuple(row[one] for one in SEEN_FIELDS) for row in found}

    def _made(self, doctype: str, values: dict[str, Any]) -> str:
        """The one document of this kind that carries texts."""
        found = self._carriers.get(doctype)
        if found is None:
            found = self._carriers[doctype] = self.clerk.insert(doctype, values)["name"]
        return found

    def _web_box(self) -> Toolbox:
        box = Toolbox("web")
        url = self.web.url_for(PAGE)

        @box.tool(title={"es": "Página", "pt": "Página", "en": "Page"}, examples=["qué dice la página"])
        def page(context: ToolContext) -> Text:
            """What the supplier's web page says."""
            return Text(text=requests.get(url, timeout=30).content.decode())

        return box


class AllAlike:
    """An embedder to which every tool is as near as the others, so that a model is shown them all."""

    def embed(self, texts: Sequence[str], seconds: float) -> list[list[float]]:
        return [[1.0] for _ in texts]


LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "customer": ("document__find", {"kind": "Customer", "text": CODE}),
    "item": ("document__find", {"kind": "Item", "text": CODE}),
    "pdf": ("knowledge__search", {"question": "garantía del taladro"}),
    "web": ("web__page", {}),
}
CARRIERS = ("message", "forwarded", *LOOKS)
Carry = Callable[[Attack], None]
