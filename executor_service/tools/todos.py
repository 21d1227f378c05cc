"""Reminders in the ERP."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Period, WholeMessage
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Writing, Written
from executor_service.tools.cards import say
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.base import Json
from shared.contracts.results import Approval, Text

MAX_BEFORE = 200


def todo_box() -> Toolbox:
    """The tool `todo.create`."""
    return said_box("todo", (PlannedWrite(plan=create, writing=Writing(do=_create, find_done=_find_created)),))


def create(
    context: ToolContext,
    text: Annotated[str, WholeMessage(), Field(description="What to remember or do.")],
    when: Annotated[Period | None, Field(description="Until which day.")] = None,
) -> Planned:
    """Creates a reminder (a ToDo) for the person, in the ERP."""
    due = when.end.isoformat() if when is not None else ""
    details = (say(context, "todo_due", day=due),) if due else ()
    before = [one["name"] for one in _todos(context, text.strip())]
    card = Approval(action=say(context, "action_todo"), document=text.strip(), details=details)
    return Plan(card=card, steps={"text": text.strip(), "due": due, "before": before})


def _create(context: ToolContext, steps: Json) -> Written:
    due = {"date": steps["due"]} if steps["due"] else {}
    context.erp.insert("ToDo", {"description": steps["text"], "allocated_to": context.erp.user(), **due})
    return _told(context, steps)


def _find_created(context: ToolContext, steps: Json) -> Written | None:
    found = {one["name"] for one in _todos(context, steps["text"])}
    return _told(context, steps) if found - set(steps["before"]) else None


def _todos(context: ToolContext, text: str) -> list[Document]:
    mine = [("allocated_to", "=", context.erp.user()), ("description", "like", f"%{text[:100]}%")]
    return context.erp.find("ToDo", mine, limit=MAX_BEFORE)


def _told(context: ToolContext, steps: Json) -> Text:
    return Text(text=say(context, "done_todo", document=steps["text"]))
