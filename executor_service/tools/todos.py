"""Reminders and tasks of the person in the ERP."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from executor_service.erp.plain import plain_text
from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Period, WholeMessage
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Writing, Written
from executor_service.tools.cards import say
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.base import Json
from shared.contracts.results import Approval, Column, Table, Text
from shared.language.folding import fold, fold_with_places
from shared.language.periods import describe_range, range_between

MAX_BEFORE = 200
MAX_SHOWN = 50
_NEVER = "9999"
"""Sorts what is due on no day behind what is."""


def todo_box() -> Toolbox:
    """The tools `todo.create` and `todo.mine`."""
    return said_box("todo", (PlannedWrite(plan=create, writing=Writing(do=_create, find_done=_find_created)), mine))


def create(
    context: ToolContext,
    text: Annotated[str, WholeMessage(), Field(description="What to remember or do.")],
    when: Annotated[Period | None, Field(description="Until which day.")] = None,
) -> Planned:
    """Creates a reminder (a ToDo) for the person, in the ERP."""
    what = _what(text)
    due = when.end.isoformat() if when is not None else ""
    details = (say(context, "todo_due", day=_day(context, when)),) if when is not None else ()
    before = [one["name"] for one in _todos(context, what)]
    card = Approval(action=say(context, "action_todo"), document=what, details=details)
    return Plan(card=card, steps={"text": what, "due": due, "before": before})


def mine(context: ToolContext) -> Table | Text:
    """The person's open ToDos in the ERP, those that are due first on top."""
    open_ones = [("allocated_to", "=", context.erp.user()), ("status", "=", "Open")]
    fields = ("name", "description", "date", "reference_type", "reference_name")
    found = context.erp.find("ToDo", open_ones, fields=fields, order_by="creation desc", limit=MAX_SHOWN)
    if not found:
        return Text(text=say(context, "todo_none"))
    columns = (
        Column(name="description", label=say(context, "column_todo")),
        Column(name="date", label=say(context, "column_due"), type="date"),
        Column(name="reference", label=say(context, "column_about")),
    )
    ranked = sorted(found, key=lambda one: str(one["date"] or _NEVER))
    rows = tuple((plain_text(str(one["description"])), one["date"] or None, _about(one)) for one in ranked)
    return Table(title=say(context, "todo_title"), columns=columns, rows=rows, label="description", row_count=len(rows))


def _about(todo: Document) -> str:
    return " ".join(str(todo[name]) for name in ("reference_type", "reference_name") if todo.get(name))


def _what(text: str) -> str:
    """What is to be remembered, without the order to do so: "recuérdame llamar a Rojas" is about calling Rojas."""
    folded = fold_with_places(text.strip())
    opening = next((one for one in _openings() if folded.text.startswith(f"{one} ")), "")
    kept = folded.original[folded.span(0, len(opening) + 1)[1] :].strip() if opening else folded.original
    return kept[:1].upper() + kept[1:]


def _day(context: ToolContext, when: Period) -> str:
    return describe_range(range_between(when.end, when.end), context.language)


@cache
def _openings() -> tuple[str, ...]:
    """How people order a reminder, folded; the longest first."""
    said = json.loads((files("executor_service.tools") / "data" / "reminder_openings.json").read_text(encoding="utf-8"))
    return tuple(sorted((fold(one) for each in said.values() for one in each), key=len, reverse=True))


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
