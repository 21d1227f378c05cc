"""An interpreter on a database of its own, with a recording executor and, if wished, a scripted model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from interpreter_service.agent.model import ChatModel
from interpreter_service.interpreter import Interpreter
from interpreter_service.limits import Limits
from interpreter_service.tables import metadata
from interpreter_service.voice.transcriber import Transcriber
from shared.contracts.base import Language
from shared.contracts.callers import ContactCaller
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import (
    HistoryTurn,
    TapInput,
    TaskEndedInput,
    TextInput,
    TurnInput,
    TurnRequest,
    TurnResponse,
)
from shared.database import Database
from shared.tokens import Tokens
from tests.fakes.executor import RecordingExecutor

SECRET = "a secret of at least thirty-two characters"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def make_spec(name: str, title: str, *examples: str, **fields: Any) -> ToolSpec:
    """A tool whose only parameter is an optional period; examples are for all three languages."""
    properties = fields.pop("properties", {"period": {"type": "string", "x-semantic": "period"}})
    return ToolSpec(
        name=name,
        titles={"es": title, "pt": title, "en": title},
        description=f"{title}.",
        parameters={"type": "object", "properties": properties, **fields.pop("schema", {})},
        examples={"es": examples, "pt": examples, "en": examples},
        **fields,
    )


SALES = make_spec("sales.total", "Ventas totales", "ventas del mes", "¿cuánto vendimos?", "total de ventas de octubre")
STOCK = make_spec("stock.balance", "Existencias", "existencias en almacén", "¿cuánto stock hay?", "inventario actual")
DEBTS = make_spec(
    "accounts.receivable", "Cuentas por cobrar", "cuentas por cobrar", "¿quién nos debe?", "deudas de clientes"
)
ORDER = make_spec("orders.create", "Crear pedido", "crear un pedido", "nuevo pedido de venta", effect="write")
ROUTES = make_spec("routes.map", "Mapa de rutas", "rutas de reparto")
DRIVERS = make_spec("routes.drivers", "Choferes de rutas", "rutas de reparto")
SPECS = (SALES, STOCK, DEBTS, ORDER, ROUTES, DRIVERS)
UNCLEAR = "rutas de reparto"
"""What two tools have as their example."""


@dataclass
class House:
    """The interpreter and what stands around it."""

    database: Database
    executor: RecordingExecutor = field(default_factory=lambda: RecordingExecutor(SPECS))
    tokens: Tokens = field(default_factory=lambda: Tokens(SECRET))
    metrics: CollectorRegistry = field(init=False)
    interpreter: Interpreter = field(init=False)
    transcriber: Transcriber | None = None
    language: Language = "es"
    asked: int = 0

    def __post_init__(self) -> None:
        self.use(None)

    def use(self, model: ChatModel | None, **limits: Any) -> None:
        """Starts the interpreter anew, as after a crash, with this model and these limits."""
        self.metrics = CollectorRegistry()
        self.interpreter = Interpreter(
            self.database,
            self.executor,
            self.tokens,
            model=model,
            transcriber=self.transcriber,
            limits=Limits(**limits),
            now=lambda: NOW,
            metrics=self.metrics,
        )

    def caller(self, contact: str = "contact1", conversation: str = "conversation1") -> str:
        return self.tokens.sign(
            ContactCaller(
                contact_id=contact, conversation_id=conversation, channel="web", account="a", language=self.language
            )
        )

    def turn(
        self, given: TurnInput, *, turn_id: str = "", history: tuple[HistoryTurn, ...] = (), **who: str
    ) -> TurnResponse:
        self.asked += 1
        request = TurnRequest(
            turn_id=turn_id or f"turn{self.asked}", caller=self.caller(**who), input=given, history=history
        )
        return self.interpreter.turn(request)

    def say(self, text: str, **more: Any) -> TurnResponse:
        return self.turn(TextInput(text=text), **more)

    def tap(self, option: str, title: str = "", **more: Any) -> TurnResponse:
        return self.turn(TapInput(option=option, title=title), **more)

    def task_ended(self, task_id: str, **more: Any) -> TurnResponse:
        return self.turn(TaskEndedInput(task_id=task_id), **more)

    def sample(self, name: str, **labels: str) -> float:
        return self.metrics.get_sample_value(name, labels) or 0.0


def text_of(response: TurnResponse) -> str:
    """Everything a response says, part under part."""
    parts = [part for reply in response.replies for part in reply.parts]
    return "\n".join(getattr(part, "text", getattr(part, "filename", "")) for part in parts)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    database.write(metadata.create_all)
    yield database
    database.close()


@pytest.fixture
def house(database: Database) -> House:
    return House(database)
