"""Words that answer a waiting task: the title or number of an option, or a word of consent."""

from __future__ import annotations

from collections.abc import Iterable

from executor_service.tasks.model import Task
from shared.contracts.results import APPROVE, REJECT, Approval, Choice
from shared.contracts.turns import Answers
from shared.language.exact_words import plain

BUTTONS = {"1": APPROVE, "2": REJECT}
"""A card's buttons by their place: where nothing can be tapped they are shown with their numbers."""


def exact_answer(open_tasks: Iterable[Task], text: str, command: str | None) -> Answers | None:
    """The answer that a whole message is to the newest waiting task; None when it is none."""
    said = plain(text)
    if not said:
        return None
    waiting = latest_question_first(open_tasks)
    option = _option(waiting[0], said, command) if waiting else None
    if option is None:
        return None
    several = sum(isinstance(task.waiting_for, Approval) for task in waiting) > 1
    # "Go ahead" may be said to anything, a bare "yes" to any of several cards: they are for what they follow at once.
    is_vague = option == APPROVE and (several or command == "agreed")
    return Answers(task_id=waiting[0].id, option=option, only_if_shown_last=is_vague)


def numbered_answer(open_tasks: Iterable[Task], text: str) -> Answers | None:
    """The answer that the number of a button is to the newest waiting task, where that asks for an approval."""
    waiting = latest_question_first(open_tasks)
    option = BUTTONS.get(plain(text))
    if option is None or not waiting or not isinstance(waiting[0].waiting_for, Approval):
        return None
    return Answers(task_id=waiting[0].id, option=option, only_if_shown_last=True)


def latest_question_first(tasks: Iterable[Task]) -> list[Task]:
    """Those that wait for the person; all questions may wait equally long, so the last to lapse was asked last."""
    asked = [(task.expires_at, task) for task in tasks if task.status == "waiting" and task.expires_at is not None]
    return [task for _, task in sorted(asked, key=lambda one: one[0], reverse=True)]


def _option(task: Task, said: str, command: str | None) -> str | None:
    if isinstance(task.waiting_for, Approval):
        return {"yes": APPROVE, "agreed": APPROVE, "no": REJECT}.get(command or "")
    if isinstance(task.waiting_for, Choice):
        for place, one in enumerate(task.waiting_for.options, start=1):
            if said in (str(place), plain(one.title)):
                return one.id
        if len(task.waiting_for.options) == 1 and command == "yes":
            return task.waiting_for.options[0].id
    return None
