"""What the interpreter says by itself, in the person's language. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence

from interpreter_service.nouns import Awaiting
from interpreter_service.options import TASK_PREFIX, TaskOption
from interpreter_service.outcomes import Asked, Done, Failed, Outcome, Refused
from shared.contracts.base import Language
from shared.contracts.messages import ChoicesPart, Part, TextPart
from shared.contracts.results import Choice
from shared.contracts.tools import ASKED_MOST, ToolSpec
from shared.errors import InvalidArguments, PermanentError, RecadoError, TemporaryError
from shared.texts import Texts

EXAMPLES = 3


class Speech:
    """The sentences of this service, and parts made of outcomes."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def say(self, language: Language, key: str, **params: object) -> TextPart:
        return TextPart(text=self._texts.say(language, key, **params))

    def parts(self, outcome: Outcome, language: Language, tool: ToolSpec | None = None) -> tuple[Part, ...]:
        """What is said of an outcome; nothing while the task is running: the gateway tells its progress."""
        match outcome:
            case Done(task=task):
                return task.parts or (self.say(language, "done", title=task.title),)
            case Asked(task=task):
                return tuple(_with_task(part, task.id) for part in task.parts)
            case Failed(task=task):
                return (self._failure(outcome, language),)
            case Refused(error=error):
                return (self.refusal(error, language, tool),)
        return ()

    def refusal(self, error: RecadoError, language: Language, tool: ToolSpec | None = None) -> TextPart:
        """Why there is no task, in a sentence that says what the person can do."""
        examples = tool.examples.get(language, ()) if tool else ()
        if type(error) is InvalidArguments and examples:
            return self.say(language, "error.invalid_arguments_example", example=examples[0])
        key = f"error.{error.code}"
        if self._texts.has(f"{key}_named") and error.params:
            return self.say(language, f"{key}_named", **error.params)
        return self.say(language, key if self._texts.has(key) else _branch(error))

    def missing(self, tool: ToolSpec, language: Language) -> TextPart:
        """That an argument is missing, and how a whole question looks."""
        example, *_ = (*tool.examples.get(language, ()), tool.title(language))
        return self.say(language, "missing", title=tool.title(language), example=example)

    def out_of_scope(self, language: Language, tools: Sequence[ToolSpec], seed: str) -> TextPart:
        """One helpful sentence with questions that the tools understand; the same seed picks the same ones."""
        questions = [tool for tool in tools if tool.effect == "read" and not tool.takes_result]
        reading = [tool for tool in questions if tool.examples.get(language)]
        if not reading:
            return self.say(language, "out_of_scope_bare")
        usual = [tool for tool in reading if tool.name in ASKED_MOST]
        asked = [tool.examples[language][0] for tool in (usual if len(usual) >= EXAMPLES else reading)]
        picked = random.Random(seed).sample(asked, min(EXAMPLES, len(asked)))  # noqa: S311  variety, not secrecy
        return self.say(language, "out_of_scope", examples="\n".join(f"• {one}" for one in picked))

    def _failure(self, outcome: Failed, language: Language) -> TextPart:
        task = outcome.task
        if task.status == "cancelled":
            return self.say(language, "cancelled", title=task.title)
        return TextPart(text=task.error.text) if task.error else self.say(language, "error.permanent")


def awaited(outcome: Outcome) -> Awaiting | None:
    """What the person is expected to answer after an outcome."""
    if not isinstance(outcome, Asked):
        return None
    return "choice" if isinstance(outcome.question, Choice) else "approval"


def _with_task(part: Part, task_id: str) -> Part:
    """The part with options that say which task they answer."""
    if not isinstance(part, ChoicesPart):
        return part
    options = tuple(
        option
        if option.id.startswith(TASK_PREFIX)
        else option.model_copy(update={"id": TaskOption(task_id, option.id).id})
        for option in part.options
    )
    return part.model_copy(update={"options": options})


def _branch(error: RecadoError) -> str:
    if isinstance(error, TemporaryError):
        return "error.temporary"
    return "error.permanent" if isinstance(error, PermanentError) else "error.bad_request"
