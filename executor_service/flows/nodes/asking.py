"""What all questions with options share: they are offered, matched, asked again, given up."""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import Field

from executor_service.flows.inputs import Fired, Input, Said
from executor_service.flows.matching import match_option, match_options
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome, Pause
from executor_service.flows.session_model import Wait, WaitOption
from shared.contracts.base import Json
from shared.contracts.messages import ChoicesPart, Option, TextPart
from shared.contracts.turns import TapInput

ATTEMPTS = "attempts"


def is_text(message: Json) -> bool:
    """Whether a message, as `message.*` shows it, is words: written, tapped, or spoken and heard."""
    return message["kind"] in ("text", "tap") or bool(message.get("transcript"))


class OptionConfig(Config):
    """One option; its id is also the name of its exit."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")
    title: str = Field(min_length=1, max_length=200, json_schema_extra={"format": "template"})
    description: str = Field(default="", max_length=300, json_schema_extra={"format": "template"})
    value: str = ""


class QuestionConfig(Config):
    """A question with options. `others`: what becomes of an answer that is none of them."""

    text: str = Field(min_length=1, max_length=10_000, json_schema_extra={"format": "template"})
    options: tuple[OptionConfig, ...] = Field(min_length=1, max_length=100)
    variable: str = ""
    multiple: bool = False
    others: Literal["retry", "exit", "agent"] = "retry"
    retry_text: str = Field(default="", json_schema_extra={"format": "template"})
    max_attempts: int = Field(default=3, ge=1, le=10)
    timeout_seconds: float | None = Field(default=None, ge=1, le=30 * 86_400)
    ignore_triggers: bool = False


Q = TypeVar("Q", bound=QuestionConfig)


class Question(Node[Q]):
    """Buttons and lists. Exits: one for each option, `other` (others=exit), `failed` (attempts used up), `timeout`."""

    exits = ("other", "failed", "timeout")
    waits = True

    def exits_of(self, config: Q) -> tuple[str, ...]:
        own = ("default",) if config.multiple else tuple(option.id for option in config.options)
        return (*own, *self.exits)

    def enter(self, config: Q, visit: Visit) -> Outcome:
        return self._ask(config, visit, attempts=0)

    def resume(self, config: Q, visit: Visit, given: Input) -> Outcome:
        if isinstance(given, Fired) or not isinstance(given, Said):
            return Leave("timeout")
        chosen = self._chosen(config, visit, given)
        if chosen:
            return self._take(config, visit, chosen)
        if config.others == "exit":
            return Leave("other")
        attempts = int(visit.wait.data.get(ATTEMPTS, 0)) + 1 if visit.wait else 1
        if attempts >= config.max_attempts:
            return Leave("failed")
        retry = visit.render(config.retry_text) or visit.text("question.retry")
        visit.say(TextPart(text=retry))
        return self._ask(config, visit, attempts=attempts)

    def part(self, config: Q, visit: Visit, text: str, options: tuple[Option, ...]) -> ChoicesPart:
        return ChoicesPart(text=text, options=options)

    def _ask(self, config: Q, visit: Visit, *, attempts: int) -> Outcome:
        rendered = [(option, visit.render(option.title)) for option in config.options]
        offered = tuple(
            Option(id=visit.tap_id(option.id), title=title, description=visit.render(option.description))
            for option, title in rendered
        )
        visit.say(self.part(config, visit, visit.render(config.text), offered))
        wait = Wait(
            kind="input",
            options=tuple(
                WaitOption(id=option.id, title=title, value=option.value, exit=option.id) for option, title in rendered
            ),
            takes_text=config.others != "agent",
            multiple=config.multiple,
            timeout_seconds=config.timeout_seconds,
            ignore_triggers=config.ignore_triggers,
            data={ATTEMPTS: attempts},
        )
        return Pause(wait)

    def _chosen(self, config: Q, visit: Visit, given: Said) -> tuple[WaitOption, ...]:
        if given.option is not None:
            return (given.option,)
        if given.chosen:
            return given.chosen
        options = visit.wait.options if visit.wait else ()
        said = given.message.title if isinstance(given.message, TapInput) else getattr(given.message, "text", "")
        if config.multiple:
            return match_options(said, options)
        one = match_option(said, options)
        return (one,) if one else ()

    def _take(self, config: Q, visit: Visit, chosen: tuple[WaitOption, ...]) -> Outcome:
        visit.answered(*(option.id for option in chosen))
        values = [option.value or option.title for option in chosen]
        if config.variable:
            visit.set(config.variable, values if config.multiple else values[0])
        return Leave("default" if config.multiple else chosen[0].id)
