"""Waiting for what the person writes or sends."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from executor_service.flows.inputs import Input, Said
from executor_service.flows.model import Wait
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.nodes.asking import ATTEMPTS, is_text
from executor_service.flows.outcomes import Leave, Outcome, Pause
from shared.contracts.messages import TextPart

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
        if not isinstance(given, Said):
            return Leave("timeout")
        message = visit.session.message
        if config.accepts in ("any", *_accepted(message)):
            visit.set(config.variable, _value(message, wants_file=config.accepts == "media"))
            return Leave()
        attempts = int(visit.wait.data.get(ATTEMPTS, 0)) + 1 if visit.wait else 1
        if attempts >= config.max_attempts:
            return Leave("failed")
        retry = visit.render(config.retry_text) or visit.text(f"question.wants_{config.accepts}")
        return self._ask(config, visit, retry, attempts=attempts)

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


def _value(message: dict[str, Any], *, wants_file: bool) -> Any:
    """What is kept of a message: its text, or all there is of a file or a place."""
    if is_text(message) and not wants_file:
        return message["text"]
    return message
