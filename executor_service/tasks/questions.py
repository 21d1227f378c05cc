"""Questions of a task under option ids of their own: a late tap on an earlier one must answer none of the later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from executor_service.tasks.model import Task
from shared.contracts.results import APPROVE, REJECT, Choice


def asking(task: Task, choice: Choice, values: Mapping[str, Any]) -> tuple[Task, Choice]:
    """The task that remembers what each option means for the argument, and the question as it is shown.

    The first question keeps the ids that its tool gave, unless one is that of a consent: the second of two quick taps
    would then be taken for the tap on the card that comes after it.
    """
    number = task.answers.get("asked", 0) + 1
    ids = {one.id: one.id for one in choice.options}
    if number > 1 or ids.keys() & {APPROVE, REJECT}:
        ids = {one: f"{number}.{one}" for one in ids}
    meant = {shown: values.get(one, one) for one, shown in ids.items()}
    options = tuple(one.model_copy(update={"id": ids[one.id]}) for one in choice.options)
    remembered = replace(task, answers={**task.answers, "asked": number, "documents": meant})
    return remembered, choice.model_copy(update={"options": options})
