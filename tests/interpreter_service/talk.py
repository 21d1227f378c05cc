"""What tests of turns say and read: the history after a response, its options, a choice and an approval."""

from __future__ import annotations

from shared.contracts.messages import ChoicesPart, Option
from shared.contracts.results import Approval, Choice
from shared.contracts.turns import (
    HistoryTurn,
    TurnResponse,
)
from tests.interpreter_service.conftest import text_of

SALES_TEXT = "¿cuánto vendimos el mes pasado?"
CHOICE = Choice(question="¿Qué cliente?", options=(Option(id="0", title="Andina"), Option(id="1", title="Andino")))
APPROVAL = Approval(action="Crear pedido", document="SO-1")


def after(response: TurnResponse, said: str = "") -> tuple[HistoryTurn, ...]:
    """The history in which a response was the last thing said."""
    return (HistoryTurn(turn_id=response.turn_id, said=said, answered=text_of(response), calls=response.calls),)


def choices_of(response: TurnResponse) -> ChoicesPart:
    [found] = [part for reply in response.replies for part in reply.parts if isinstance(part, ChoicesPart)]
    return found
