"""A model that fails is left alone for a while; the next one answers instead."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from interpreter_service.agent.breaker import GuardedModel, ModelChain
from interpreter_service.agent.connect import connect_model
from interpreter_service.agent.model import ModelLimits, ModelReply
from shared.contracts.base import Json
from shared.errors import ContractBroken, ModelUnavailable
from tests.fakes.model import ScriptedModel, says
from tests.patience import PATIENCE_SECONDS

LIMITS = ModelLimits(seconds=5, answer_tokens=10)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def guarded(model: ScriptedModel, clock: Clock) -> GuardedModel:
    return GuardedModel(model, failures_to_open=2, rest_seconds=30, monotonic=clock)


def fail(model: GuardedModel, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(ModelUnavailable):
            model.complete([], [], LIMITS)


def test_model_that_failed_is_not_asked_until_it_rested() -> None:
    clock, script = Clock(), ScriptedModel([ModelUnavailable("1"), ModelUnavailable("2"), says("ya")])
    model = guarded(script, clock)
    fail(model, 4)
    assert len(script.questions) == 2

    clock.now = 31

    assert model.complete([], [], LIMITS).text == "ya"


def test_failed_probe_begins_another_rest() -> None:
    clock, script = Clock(), ScriptedModel([ModelUnavailable(str(number)) for number in range(9)])
    model = guarded(script, clock)
    fail(model, 2)
    clock.now = 31
    fail(model, 3)

    assert len(script.questions) == 3


def test_refused_questions_do_not_count() -> None:
    script = ScriptedModel([ContractBroken("400"), ContractBroken("400"), ContractBroken("400"), says("ya")])
    model = guarded(script, Clock())
    for _ in range(3):
        with pytest.raises(ContractBroken):
            model.complete([], [], LIMITS)

    assert model.complete([], [], LIMITS).text == "ya"


def test_success_forgets_earlier_failures() -> None:
    script = ScriptedModel([ModelUnavailable("1"), says("a"), ModelUnavailable("2"), says("b")])
    model = guarded(script, Clock())
    fail(model)
    model.complete([], [], LIMITS)
    fail(model)

    assert model.complete([], [], LIMITS).text == "b"


@pytest.mark.parametrize("fault", [ModelUnavailable("429"), ContractBroken("404"), ModelReply()])
def test_next_model_answers_for_one_that_does_not(fault: ModelReply | Exception) -> None:
    chain = ModelChain([ScriptedModel([fault]), ScriptedModel([says("soy el otro")])])

    assert chain.complete([], [], LIMITS).text == "soy el otro"


def test_chain_without_an_answer_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable):
        ModelChain([ScriptedModel(), ScriptedModel()]).complete([], [], LIMITS)


class Meeting:
    """A model that answers only when two threads ask at the same time."""

    def __init__(self) -> None:
        self._both = threading.Barrier(2, timeout=PATIENCE_SECONDS)

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        self._both.wait()
        return says("juntos")


def test_conversations_speak_with_a_model_at_the_same_time() -> None:
    model, heard = GuardedModel(Meeting()), []
    threads = [threading.Thread(target=lambda: heard.append(model.complete([], [], LIMITS).text)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == ["juntos", "juntos"]


def test_no_endpoint_and_no_key_is_no_model() -> None:
    assert connect_model(base_url="", api_key="", model="m") is None
    assert connect_model(base_url="http://127.0.0.1:1/v1", api_key="", model="m", fallback_model="n") is not None
