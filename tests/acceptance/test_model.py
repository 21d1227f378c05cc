"""A language model that plans well, and one that misbehaves: figures only from tools, and always a clear answer."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.acceptance.conftest import MakeServer
from tests.acceptance.figures import sales_of, written
from tests.acceptance.phone import Phone
from tests.acceptance.server import Server, eventually
from tests.fakes.openai_server import Hangup, Html, OpenAIServer, Status, message

QUESTION = "ventas por cliente del mes pasado"
SALES = ("sales__by_customer", {"period": "mes pasado"})
UNKNOWN_TOOL = ("sales__by_moon_phase", {})
MAX_STEPS = 6
SUMMARY = f"El mes pasado vendimos {written(sales_of('oct_2026'), 'es')} en total."


@pytest.fixture(scope="module")
def server(make_server: MakeServer, model: OpenAIServer) -> Server:
    return make_server(llm_base_url=model.url, llm_api_key="a key", llm_model="a-model")


def test_model_that_calls_the_right_tool_gets_the_right_report(model: OpenAIServer, phone: Phone) -> None:
    model.script = [message(None, SALES), message(SUMMARY)]
    assert phone.ask("¿cómo nos fue con cada cliente el mes pasado?") == SUMMARY
    eventually(lambda: len(phone.files()) == 2, "picture and sheet")
    assert phone.files()[0].media_type == "image/png"
    assert phone.texts == [SUMMARY]


def test_figure_that_no_tool_gave_is_not_said(model: OpenAIServer, phone: Phone) -> None:
    model.script = [message("Vendiste S/ 98,765.43 en octubre.")]
    assert "98,765.43" not in phone.ask(QUESTION)
    assert "98,765.43" not in "".join(phone.texts)


@pytest.mark.parametrize(
    "reply",
    [
        message(None, UNKNOWN_TOOL),
        message(None, ("sales__by_customer", {"period": 7})),
        message(None, ("sales__by_customer", "not an object")),
        message(None, ("sales__by_customer", {"period": "mes pasado", "colour": "red"})),
        message(
            None, message={"tool_calls": [{"id": "c", "type": "function", "function": {"name": "x", "arguments": "{"}}]}
        ),
    ],
    ids=["unknown tool", "wrong type", "no object", "unknown argument", "broken JSON"],
)
def test_wrong_call_that_is_repeated_ends_in_a_clear_answer(
    model: OpenAIServer, phone: Phone, reply: dict[str, Any]
) -> None:
    asked = len(model.requests)
    model.script = [reply]
    assert is_clear(phone.ask(QUESTION))
    assert len(model.requests) - asked <= MAX_STEPS


def test_wrong_call_that_the_model_corrects_gets_the_report(model: OpenAIServer, phone: Phone) -> None:
    model.script = [message(None, UNKNOWN_TOOL), message(None, SALES), message(SUMMARY)]
    assert phone.ask(QUESTION) == SUMMARY


def test_ten_calls_at_once_end_in_a_clear_answer(model: OpenAIServer, phone: Phone) -> None:
    model.script = [message(None, *[SALES] * 10), message(SUMMARY)]
    assert is_clear(phone.ask(QUESTION))


def test_endless_loop_of_calls_is_ended(model: OpenAIServer, phone: Phone) -> None:
    asked = len(model.requests)
    model.script = [message(None, SALES)]
    phone.say(QUESTION)
    phone.wait(1)
    time.sleep(2)
    assert 1 <= len(model.requests) - asked <= MAX_STEPS


@pytest.mark.parametrize(
    "reply",
    [Status(429), Status(500), Html(), Hangup(), message(None), message(""), {}, [], {"choices": []}],
    ids=["429", "500", "web page", "hang-up", "nothing", "empty text", "no choices", "a list", "empty choices"],
)
def test_model_without_a_usable_answer_is_replaced_by_the_interpreter_without_one(
    model: OpenAIServer, phone: Phone, reply: object
) -> None:
    model.script = [reply]
    phone.say(QUESTION)
    phone.wait_for(lambda text: written(sales_of("oct_2026"), "es") in text)
    assert "sin el modelo de lenguaje" in "".join(phone.texts)


def is_clear(answer: str) -> bool:
    machine = ("Traceback", "Error", "Exception", "{", "None", "__")
    return 20 < len(answer) < 400 and not any(word in answer for word in machine)
