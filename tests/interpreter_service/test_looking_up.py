"""A name that may be a customer's or a supplier's: the ERP is asked before the person is."""

from __future__ import annotations

import pytest

from shared.contracts.messages import TextPart
from shared.contracts.results import Column, Table, Text
from shared.contracts.tasks import CallRequest, TaskState
from shared.contracts.turns import HistoryTurn, PastCall
from tests.fakes.executor import make_task
from tests.interpreter_service.conftest import House, make_spec, text_of

LINK = {"type": "string", "x-semantic": "link"}
SPEC = make_spec(
    "ledger.party",
    "Estado de cuenta",
    "estado de cuenta",
    "estado de cuenta del cliente",
    "estado de cuenta del proveedor",
    properties={"customer": {**LINK, "x-doctype": "Customer"}, "supplier": {**LINK, "x-doctype": "Supplier"}},
)
ASK = "estado de cuenta de Rojas"


def knows(house: House, *parameters: str) -> None:
    """Lets the ERP have the name only for these parameters."""

    def behave(request: CallRequest) -> TaskState:
        number = f"task{len(house.executor.tasks) + 1}"
        if set(request.arguments) & set(parameters):
            said = (TextPart(text=f"cuenta: {request.arguments}"),)
            return make_task(number, request.tool, key=request.key, arguments=request.arguments, parts=said)
        error = {"reason": "no_match", "text": "No hay nadie llamado así."}
        return make_task(number, request.tool, key=request.key, status="failed", parts=(), error=error)

    house.executor.behaviours["ledger.party"] = behave


@pytest.fixture
def house(house: House) -> House:
    house.executor.specs = (*house.executor.specs, SPEC)
    return house


@pytest.mark.parametrize("parameter", ["customer", "supplier"])
def test_the_one_that_the_erp_has_is_meant(house: House, parameter: str) -> None:
    knows(house, parameter)
    response = house.say(ASK)
    assert text_of(response) == f"cuenta: {{'{parameter}': 'Rojas'}}"
    assert [call.arguments for call in response.calls] == [{parameter: "Rojas"}]


@pytest.mark.parametrize("parameters", [("customer", "supplier"), ()])
def test_the_person_is_asked_where_both_or_none_are_there(house: House, parameters: tuple[str, ...]) -> None:
    knows(house, *parameters)
    response = house.say(ASK)
    assert (response.awaiting, response.calls) == ("question", ())


def test_what_the_last_result_does_not_show_is_asked_anew(house: House) -> None:
    result = {"type": "string", "x-semantic": "result"}
    only = make_spec(
        "result.filter", "Solo algunas filas", "solo Lima", "solo los de Lima",
        properties={"result": result, "words": {"type": "string"}}, schema={"required": ["result", "words"]},
    )  # fmt: skip
    house.executor.specs = (*house.executor.specs, only)
    house.executor.gives("result.filter", Text(text="nada"), text="Ninguna fila tiene Lima.")
    knows(house, "customer")
    columns = (Column(name="c", label="Cliente"),)
    past = PastCall(task_id="t0", tool="ledger.party", arguments={"customer": "Rojas"}, columns=columns)
    history = (HistoryTurn(turn_id="t", said=ASK, answered="...", calls=(past,)),)

    response = house.say("solo Lima", history=history)

    assert text_of(response) == "cuenta: {'customer': 'Lima'}"


def test_rows_that_the_last_result_shows_are_enough(house: House) -> None:
    columns = (Column(name="c", label="Cliente"),)
    house.executor.gives("ledger.party", Table(title="x", columns=columns, rows=(("Lima",),)), text="una fila")
    assert house.say("estado de cuenta del cliente Lima").calls[0].arguments == {"customer": "Lima"}
