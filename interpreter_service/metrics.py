"""What the interpreter counts. Labels never hold ids, names or words of people."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

from interpreter_service.nouns import Answer

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counters of one interpreter, in the registry that its /metrics shows."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._turns = Counter("interpreter_turns", "Turns by route", ["route"], registry=registry)
        self._repeated = Counter("interpreter_turns_repeated", "Turns answered from the store", registry=registry)
        self._seconds = Histogram("interpreter_turn_seconds", "Time of a turn", registry=registry, buckets=SECONDS)
        self._model_calls = Counter("interpreter_model_calls", "Questions to a model", ["outcome"], registry=registry)
        self._tokens = Counter("interpreter_tokens", "Tokens of models", ["direction"], registry=registry)
        self._ungrounded = Counter(
            "interpreter_ungrounded_answers", "Answers of a model with a figure that no result holds", registry=registry
        )

        self._voices = Counter("interpreter_voice_notes", "Voice notes by outcome", ["outcome"], registry=registry)

    def turn(self, answer: Answer, seconds: float) -> None:
        self._turns.labels(answer.route.partition(":")[0]).inc()
        self._seconds.observe(seconds)
        if answer.spent.tokens:
            self._tokens.labels("in").inc(answer.spent.tokens_in)
            self._tokens.labels("out").inc(answer.spent.tokens_out)

    def repeated(self) -> None:
        self._repeated.inc()

    def model_call(self, outcome: str) -> None:
        self._model_calls.labels(outcome).inc()

    def voice(self, outcome: str) -> None:
        self._voices.labels(outcome).inc()

    def ungrounded(self) -> None:
        self._ungrounded.inc()
