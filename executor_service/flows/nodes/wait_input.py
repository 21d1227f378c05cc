"""Waiting for what the person writes or sends."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from executor_service.flows.inputs import Input, Said
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.nodes.asking import ATTEMPTS, is_text
from executor_service.flows.outcomes import Leave, Outcome, Pause
from executor_service.flows.session_model import Wait
from shared.contracts.messages import TextPart

JOINED = "joined"
MAX_JOINED = 20
Accepts = Literal["any", "text", "media", "location"]


class WaitInputConfig(Config):
    """An optional question, and what is accepted as its answer."""

    text: str = Field(default="", max_length=10_000, json_schema_extra={"format": "template"})
    variable: str = "session.answer"
    accepts: Accepts = "any"
    retry_text: str = Field(default="", json_schema_extra={"format": "template"})
    max_attempts: int = Field(default=3, ge=1, le=10)
    timeout_seconds: float | None = Field(default=None, ge=1, le=30 * 86_400)
    ignore_triggers: bool = False
    join_seconds: float = Field(
        default=0, ge=0, le=60, description="Texts that follow each other within so many seconds are one answer; 0: off"
    )


class WaitInputNode(Node[WaitInputConfig]):
    """Asks an open question and keeps the answer.

    {"label": "Name", "type": "wait_input", "config": {"text": "¿Cómo te llamas?", "variable": "session.name"}}
    """

    name = "wait_input"
    titles = {"es": "Esperar respuesta", "pt": "Esperar resposta", "en": "Wait for an answer"}  # noqa: RUF012
    exits = ("default", "failed", "timeout")
    waits = True
    config = WaitInputConfig

    def enter(self, config: WaitInputConfig, visit: Visit) -> Outcome:
        return self._ask(config, visit, visit.render(config.text) if config.text else "", attempts=0)

    def resume(self, config: WaitInputConfig, visit: Visit, given: Input) -> Outcome:
        said = tuple(visit.wait.data.get(JOINED, ())) if visit.wait else ()
        if not isinstance(given, Said):
            return self._take(config, visit, "\n".join(said)) if said else Leave("timeout")
        message = visit.session.message
        if config.join_seconds and message["kind"] == "text" and config.accepts in ("any", "text"):
            return self._join(config, visit, (*said, str(message["text"])))
        if config.accepts in ("any", *_accepted(message)):
            return self._take(config, visit, _value(message, said, wants_file=config.accepts == "media"))
        attempts = int(visit.wait.data.get(ATTEMPTS, 0)) + 1 if visit.wait else 1
        if attempts >= config.max_attempts:
            return Leave("failed")
        retry = visit.render(config.retry_text) or visit.text(f"question.wants_{config.accepts}")
        return self._ask(config, visit, retry, attempts=attempts)

    def _join(self, config: WaitInputConfig, visit: Visit, said: tuple[str, ...]) -> Outcome:
        """Keeps a text and listens on: the wait's own clock, which is durable, says when the person has finished."""
        text = "\n".join(said)
        if len(said) >= MAX_JOINED:
            return self._take(config, visit, text)
        return Pause(
            Wait(
                kind="input",
                timeout_seconds=config.join_seconds,
                ignore_triggers=config.ignore_triggers,
                is_joining=True,
                data={JOINED: list(said)},
            )
        )

    def _take(self, config: WaitInputConfig, visit: Visit, value: Any) -> Outcome:
        visit.set(config.variable, value)
        return Leave()

    def _ask(self, config: WaitInputConfig, visit: Visit, text: str, *, attempts: int) -> Outcome:
        if text:
            visit.say(TextPart(text=text))
        wait = Wait(
            kind="input",
            timeout_seconds=config.timeout_seconds,
            ignore_triggers=config.ignore_triggers,
            data={ATTEMPTS: attempts},
        )
        return Pause(wait)


def _accepted(message: dict[str, Any]) -> tuple[str, ...]:
    """As what a message may be taken: a voice note that was heard is a file and a text."""
    kind = "text" if message["kind"] == "tap" else message["kind"]
    return (kind, "text") if is_text(message) else (kind,)


def _value(message: dict[str, Any], said: tuple[str, ...], *, wants_file: bool) -> Any:
    """What is kept of a message: its text, or all there is of a file or a place, with texts said just before."""
    if is_text(message) and not wants_file:
        return message["text"]
    return {**message, "text": "\n".join(filter(None, (*said, message["text"])))} if said else message
