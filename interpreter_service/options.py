"""Options to tap: the ids they carry, and which one a typed text means. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.contracts.messages import ChoicesPart, Option, Part
from shared.language.folding import fold

TASK_PREFIX = "task:"


@dataclass(frozen=True)
class TaskOption:
    """An option of a task that waits for the person."""

    task_id: str
    option: str

    @property
    def id(self) -> str:
        return f"{TASK_PREFIX}{self.task_id}:{self.option}"


def parse_task_option(option_id: str) -> TaskOption | None:
    """The task and its option in `task:<task id>:<option>`; None for any other id."""
    if not option_id.startswith(TASK_PREFIX):
        return None
    task_id, _, option = option_id.removeprefix(TASK_PREFIX).partition(":")
    return TaskOption(task_id, option) if task_id and option else None


def options_in(parts: Iterable[Part]) -> tuple[Option, ...]:
    """All options that parts offer, in the order they are shown."""
    return tuple(option for part in parts if isinstance(part, ChoicesPart) for option in part.options)


def typed_option(text: str, options: Sequence[Option]) -> Option | None:
    """The one option whose title, or number in the list, was typed; None when no or several titles are that."""
    said = fold(text)
    same = [option for option in options if fold(option.title) == said]
    if len(same) == 1:
        return same[0]
    if not same and said.isascii() and said.isdigit() and 1 <= int(said) <= len(options):
        return options[int(said) - 1]
    return None


def has_number(answered: str, text: str) -> bool:
    """Whether the text is the number of a line in an answer, as lists of results are written."""
    said = fold(text)
    return said.isascii() and said.isdigit() and re.search(rf"^{said}\. ", answered, re.MULTILINE) is not None
