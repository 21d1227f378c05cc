"""What a model is shown of a result: compact JSON between marks that the data itself cannot write. Pure."""

from __future__ import annotations

import json

from interpreter_service.outcomes import Done, Failed, Refused
from shared.contracts.base import Json
from shared.contracts.results import Chart, File, Passages, Result, Table, Text
from shared.contracts.tasks import TaskState

LONGEST_TEXT_CHARS = 4_000


def fenced(body: str) -> str:
    """JSON marked as data; `<` inside it is escaped, so that nothing in it can close the mark."""
    return f"<data>{body.replace('<', chr(92) + 'u003c')}</data>"


def shown_outcome(outcome: Done | Failed | Refused, rows: int) -> str:
    """What a model reads of a call that ended, at most `rows` rows of a table."""
    match outcome:
        case Done(task=task):
            body: Json = {
                "result": task.id,
                "asked": task.arguments,
                "given": [_shown(one, rows) for one in task.results],
            }
            if not task.results:
                body["text"] = _text(task)
        case Failed(task=task):
            body = {"failed": task.error.text if task.error else task.status}
        case Refused(error=error):
            body = {"wrong_call": error.code, "detail": error.detail, "errors": [dict(one) for one in outcome.errors]}
    return fenced(json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def wrong_call(what: str) -> str:
    """What a model reads of a call that was not made."""
    return fenced(json.dumps({"wrong_call": what}))


def _shown(result: Result, rows: int) -> Json:
    match result:
        case Table():
            return {
                "title": result.title,
                "scope": result.scope,
                "columns": [" ".join(filter(None, (one.label, one.currency))) for one in result.columns],
                "rows": result.rows[:rows],
                "totals": result.totals,
                "row_count": result.row_count or len(result.rows),
                "shown": min(rows, len(result.rows)),
            }
        case Text(text=text):
            return {"text": text[:LONGEST_TEXT_CHARS]}
        case Passages(passages=passages):
            return {
                "passages": [{"source": one.place, "text": one.text} for one in passages],
                "note": "cite the source of what you say" if passages else "the files say nothing on this",
            }
        case Chart():
            return {"picture": result.title, "note": "the person sees this picture"}
        case File():
            return {"file": result.filename, "note": "the person gets this file"}
    return {}


def _text(task: TaskState) -> str:
    return "\n".join(part.text for part in task.parts if part.kind == "text")[:LONGEST_TEXT_CHARS]
