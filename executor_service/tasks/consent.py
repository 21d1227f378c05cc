"""Doing what a person consented to: once, and where nobody knows whether it was done, by looking in the ERP."""

from __future__ import annotations

from dataclasses import replace

from executor_service.registry.context import ToolContext
from executor_service.registry.writing import Plan, Writing, Written
from executor_service.tasks.model import Task
from shared.errors import TemporaryError, UnknownOutcome


def planned(task: Task, plan: Plan) -> Task:
    """The task with the steps that its card asks consent for."""
    return replace(task, answers={**task.answers, "plan": plan.steps})


def interrupted(task: Task) -> Task | None:
    """A planned write whose process died while doing it, to be looked up; None for any other task."""
    if task.status != "running" or not task.is_approved or "plan" not in task.answers:
        return None
    return replace(task, answers={**task.answers, "interrupted": True})


def carry_out(task: Task, writing: Writing, context: ToolContext) -> Written:
    """The result of the steps; raises UnknownOutcome when it is not known whether they were done."""
    steps = task.answers["plan"]
    if task.answers.get("interrupted"):
        return _found(writing, context, steps)
    try:
        return writing.do(context, steps)
    except UnknownOutcome:
        return _found(writing, context, steps)


def _found(writing: Writing, context: ToolContext, steps: dict[str, object]) -> Written:
    try:
        done = writing.find_done(context, steps)
    except TemporaryError as error:
        raise UnknownOutcome("the ERP cannot be asked whether it was done") from error
    if done is None:
        raise UnknownOutcome("the ERP shows no sign of it")
    return done
