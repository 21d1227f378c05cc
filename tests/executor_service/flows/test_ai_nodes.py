"""Nodes that ask a model: what it gets to see, and where the flow goes with its answer."""

from __future__ import annotations

from typing import Any

import pytest

from executor_service.flows.calls.ai import AiAnswer, AiEffect, AiQuestion
from executor_service.flows.calls.retrying import Retries
from executor_service.flows.effects import EffectContext
from executor_service.flows.inputs import Returned
from executor_service.flows.limits import Limits
from shared.contracts.callers import ContactCaller
from shared.errors import ModelUnavailable, RecadoError
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import Play

START = ("start", "trigger", {})
CONTEXT = EffectContext(caller=ContactCaller.model_construct(contact_id="ana"), session_id="s", flow_id="f")


class Scripted:
    def __init__(self, *answers: str | RecadoError) -> None:
        self.answers = list(answers)
        self.asked: list[AiQuestion] = []

    def complete(self, question: AiQuestion) -> AiAnswer:
        self.asked.append(question)
        answer = self.answers.pop(0)
        if isinstance(answer, RecadoError):
            raise answer
        return AiAnswer(text=answer, tokens=12)


def play(kind: str, config: dict[str, Any], exits: tuple[str, ...], limits: Limits | None = None) -> Play:
    ends = [(name, "message", {"text": f"at {name} {{{{ session.error }}}}"}) for name in exits]
    flow = draw(
        START,
        ("ask", "wait_input", {}),
        ("it", kind, config),
        *ends,
        edges=("start>ask", "ask>it", *(f"it.{name}>{name}" for name in exits)),
    )
    return Play(flow, limits=limits).start().say("No funciona nada")


def answer(game: Play, model: Scripted | None) -> Play:
    call = game.session.call
    assert call is not None
    return game.give(AiEffect(model, retries=Retries(lambda _seconds: None)).perform(call, CONTEXT))


def test_response_is_said_kept_and_remembered() -> None:
    model = Scripted("Lo siento mucho")
    config = {"system_prompt": "Ayuda a {{ contact.name }}", "variable": "session.reply", "temperature": 0.2}
    game = answer(play("ai_response", config, ("success",)), model)
    assert game.said[0] == "Lo siento mucho"
    assert game.session.variables["reply"] == "Lo siento mucho"
    assert [one["role"] for one in game.session.variables["ai_history"]] == ["user", "assistant"]
    assert [one["role"] for one in model.asked[0].messages] == ["system", "user"]
    assert (model.asked[0].temperature, game.session.counters["tokens"]) == (0.2, 12)


def test_completion_says_its_template_and_sends_the_extra_body() -> None:
    model = Scripted("todo roto")
    config = {
        "prompt": "Resume: {{ message.text }}",
        "says": True,
        "response_template": "Resumen: {{ session.completion }}",
        "extra_body": {"top_p": 0.5},
        "history": "append",
    }
    game = answer(play("ai_completion", config, ("success",)), model)
    assert game.said[0].startswith(("Resumen:", "todo"))
    assert model.asked[0].messages[-1]["content"].startswith("Resume")
    assert model.asked[0].extra_body == {"top_p": 0.5}
    assert len(game.session.variables["completion_history"]) == 2


@pytest.mark.parametrize(
    ("said", "exit_name"),
    [
        ("negative", "negative"),
        (" Positive.", "positive"),
        ("`neutral`", "neutral"),
        ("very bad", "error"),
        ("", "error"),
    ],
)
def test_sentiment_chooses_the_exit(said: str, exit_name: str) -> None:
    game = answer(play("ai_sentiment", {}, ("positive", "neutral", "negative", "error")), Scripted(said))
    assert game.said[0].startswith(f"at {exit_name}")


@pytest.mark.parametrize(
    ("said", "exit_name"), [("support", "support"), ('"Sales".', "sales"), ("other", "other"), ("buy it all", "other")]
)
def test_classification_chooses_the_exit(said: str, exit_name: str) -> None:
    config = {"categories": [{"id": "sales"}, {"id": "support", "description": "Broken"}], "variable": "session.topic"}
    game = answer(play("ai_classify", config, ("sales", "support", "other")), Scripted(said))
    assert game.said[0].startswith(f"at {exit_name}")
    assert game.session.variables["topic"] == exit_name


KINDS: dict[str, dict[str, Any]] = {
    "ai_response": {"system_prompt": "x"},
    "ai_completion": {"prompt": "x"},
    "ai_sentiment": {},
    "ai_classify": {"categories": [{"id": "a"}]},
}


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_model_the_error_exit_says_so(kind: str) -> None:
    assert answer(play(kind, KINDS[kind], ("error",)), None).said == ["at error ai_no_model"]


@pytest.mark.parametrize("kind", KINDS)
def test_model_that_does_not_answer_is_an_error(kind: str) -> None:
    game = answer(play(kind, KINDS[kind], ("error",)), Scripted(*[ModelUnavailable("down")] * 3))
    assert game.said == ["at error ai_unavailable"]


@pytest.mark.parametrize("kind", KINDS)
def test_timeout_leaves_by_its_exit(kind: str) -> None:
    assert play(kind, KINDS[kind], ("timeout",)).give(Returned(status="timeout")).said[0].startswith("at timeout")


@pytest.mark.parametrize("kind", KINDS)
def test_rule_35_no_kind_escapes_the_counter(kind: str) -> None:
    game = play(kind, KINDS[kind], ("error",), Limits(calls_per_session={"ai": 0, "tokens": 9, "tool": 9}))
    assert (game.session.call, game.said) == (None, ["at error limit"])
