"""What all questions for a value share: they are asked, read, asked again with the reason, given up."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, TypeVar

from pydantic import Field

from executor_service.flows.answers.model import Answer, Refused, Taken
from executor_service.flows.inputs import Input, Said
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.nodes.asking import ATTEMPTS, is_text
from executor_service.flows.outcomes import Fail, Leave, Outcome, Pause
from executor_service.flows.patterns import PatternRefused
from executor_service.flows.session_model import Wait, WaitOption
from shared.contracts.messages import ChoicesPart, Option, TextPart


class ValidateConfig(Config):
    """A question and where its answer is kept. `retry_text` replaces the reason that is said by default."""

    text: str = Field(default="", max_length=10_000, json_schema_extra={"format": "template"})
    variable: str = "session.answer"
    retry_text: str = Field(default="", max_length=4_000, json_schema_extra={"format": "template"})
    media_text: str = Field(default="", max_length=4_000, json_schema_extra={"format": "template"})
    max_attempts: int = Field(default=3, ge=1, le=10)
    timeout_seconds: float | None = Field(default=None, ge=1, le=30 * 86_400)
    ignore_triggers: bool = False


V = TypeVar("V", bound=ValidateConfig)


class Validate(Node[V]):
    """Asks until the answer holds a valid value. Exits: `default`, `failed` (attempts used up), `timeout`."""

    exits: ClassVar[tuple[str, ...]] = ("default", "failed", "timeout")
    waits = True

    @abstractmethod
    def read(self, config: V, visit: Visit, said: str) -> Answer:
        """The value in the words, or why there is none."""

    def offered(self, config: V, visit: Visit) -> tuple[WaitOption, ...]:
        """Options to tap; none for most kinds."""
        return ()

    def taken(self, visit: Visit, value: object) -> None:
        """Notes a valid value; nothing for kinds without options."""

    def enter(self, config: V, visit: Visit) -> Outcome:
        return self._ask(config, visit, visit.render(config.text) if config.text else "", attempts=0)

    def resume(self, config: V, visit: Visit, given: Input) -> Outcome:
        if not isinstance(given, Said):
            return Leave("timeout")
        try:
            answer = self._answer(config, visit, given)
        except PatternRefused:
            return Fail("bad_pattern")
        if isinstance(answer, Taken):
            self.taken(visit, answer.value)
            visit.set(config.variable, answer.value)
            return Leave()
        attempts = int(visit.wait.data.get(ATTEMPTS, 0)) + 1 if visit.wait else 1
        if attempts >= config.max_attempts:
            return Leave("failed")
        return self._ask(config, visit, self._reason(config, visit, answer), attempts=attempts)

    def _answer(self, config: V, visit: Visit, given: Said) -> Answer:
        message = visit.session.message
        if not is_text(message):
            return Refused("media")
        if given.option is not None:
            return Taken(given.option.value or given.option.title)
        return self.read(config, visit, str(message["text"]))

    def _reason(self, config: V, visit: Visit, refused: Refused) -> str:
        own = config.media_text if refused.reason == "media" else config.retry_text
        return (visit.render(own) if own else "") or visit.text(f"validate.{refused.reason}", **dict(refused.params))

    def _ask(self, config: V, visit: Visit, text: str, *, attempts: int) -> Outcome:
        options = self.offered(config, visit)
        if options:
            shown = tuple(Option(id=visit.tap_id(one.id), title=one.title) for one in options)
            visit.say(ChoicesPart(text=text, options=shown))
        elif text:
            visit.say(TextPart(text=text))
        wait = Wait(
            kind="input",
            options=options,
            timeout_seconds=config.timeout_seconds,
            ignore_triggers=config.ignore_triggers,
            data={ATTEMPTS: attempts},
        )
        return Pause(wait)
