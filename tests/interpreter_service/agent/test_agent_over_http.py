"""A whole turn with an OpenAI-compatible endpoint on a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from interpreter_service.agent.connect import connect_model
from shared.contracts.tasks import CallRequest, TaskState
from shared.contracts.turns import HistoryTurn
from tests.fakes.openai_server import Html, OpenAIServer, Status, message
from tests.interpreter_service.conftest import House, text_of

ASK = "¿cuánto vendimos el mes pasado?"
CALL = message(None, ("sales__total", {"period": "mes pasado"}))

Serve = Callable[..., OpenAIServer]


@pytest.fixture
def serve(house: House) -> Iterator[Serve]:
    house.executor.gives("sales.total", text="Ventas: 1500")
    servers: list[OpenAIServer] = []

    def start(*script: object, fallback: str = "") -> OpenAIServer:
        server = OpenAIServer(*script)
        servers.append(server)
        house.use(connect_model(base_url=server.url, api_key="k", model="first", fallback_model=fallback))
        return server

    yield start
    for server in servers:
        server.close()


def test_turn_is_two_questions_and_one_call(house: House, serve: Serve) -> None:
    server = serve(CALL, message("Vendiste 1500."))

    assert text_of(house.say(ASK)) == "Vendiste 1500."
    assert len(house.executor.calls) == 1
    told = server.requests[1]["body"]["messages"][-1]
    assert (told["role"], told["tool_call_id"], "1500" in told["content"]) == ("tool", "c0", True)


def test_fallback_model_is_asked_where_the_first_fails(house: House, serve: Serve) -> None:
    server = serve(Status(500), Status(500), message("Hola."), fallback="second")

    assert text_of(house.say(ASK)) == "Hola."
    assert [one["body"]["model"] for one in server.requests] == ["first", "first", "second"]


@pytest.mark.parametrize("fault", [Status(429), Status(401), Html(), message("")])
def test_endpoint_that_does_not_answer_leaves_the_offline_plan(house: House, serve: Serve, fault: object) -> None:
    serve(fault)

    response = house.say(ASK)

    assert response.route == "offline"
    assert text_of(response).endswith("Ventas: 1500")


def test_endpoint_killed_in_the_middle_of_a_conversation_leaves_the_next_message_answered(
    house: House, serve: Serve
) -> None:
    server = serve(CALL, message("Vendiste 1500."))
    first = house.say(ASK)
    server.close()
    history = (HistoryTurn(turn_id=first.turn_id, said=ASK, answered="Vendiste 1500.", calls=first.calls),)

    follow_up = house.say("¿y en agosto?", history=history)

    assert (first.route, follow_up.route) == ("agent", "offline")
    assert house.executor.calls[-1].arguments == {"period": "agosto"}
    [line, answer] = text_of(follow_up).splitlines()
    assert "sin el modelo de lenguaje" in line
    assert answer == "Ventas: 1500"


def test_endpoint_killed_between_two_steps_of_a_turn_leaves_what_is_known(house: House, serve: Serve) -> None:
    server = serve(CALL)
    give = house.executor.behaviours["sales.total"]

    def kill(request: CallRequest) -> TaskState:
        server.close()
        assert callable(give)
        task: TaskState = give(request)
        return task

    house.executor.behaviours["sales.total"] = kill
    assert text_of(house.say(ASK)).splitlines()[-1] == "Ventas: 1500"
