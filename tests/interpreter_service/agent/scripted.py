"""A house whose model says what a test wrote down, and the two tools it knows."""

from __future__ import annotations

from interpreter_service.agent.model import ModelReply
from shared.contracts.results import Column, Table
from tests.fakes.model import ScriptedModel
from tests.interpreter_service.conftest import House

ASK = "¿cuánto vendimos el mes pasado?"
SALES = ("sales__total", {"period": "mes pasado"})
STOCK = ("stock__balance", {})
TABLE = Table(
    title="Ventas",
    columns=(Column(name="m", label="Mes"), Column(name="t", label="Total", type="money", currency="PEN")),
    rows=(("Octubre", "1234567.89"),),
    totals=(None, "1234567.89"),
    scope="Ferretería Andina, 2026-10-01 a 2026-10-31",
)
PLAIN = "Ventas de octubre: S/ 1,234,567.89"


def scripted(house: House, *replies: ModelReply | Exception, **limits: float) -> ScriptedModel:
    """A house with a model, and tools that give the table of sales and some stock."""
    model = ScriptedModel(list(replies))
    house.use(model, **limits)
    house.executor.gives("sales.total", TABLE, text=PLAIN)
    house.executor.gives("stock.balance", text="Existencias: 40")
    return model


def tools_called(house: House) -> list[str]:
    return [call.tool for call in house.executor.calls]
