"""The conversation as a model reads it. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from interpreter_service.agent.data import fenced
from shared.contracts.base import Json
from shared.contracts.turns import HistoryTurn

LONGEST_PAST_TEXT_CHARS = 800
LONGEST_TEXT_CHARS = 4_000


def conversation(system: str, history: Sequence[HistoryTurn], text: str) -> list[Json]:
    """The messages that start a turn: the system's, what was said before, and the person's text."""
    messages: list[Json] = [{"role": "system", "content": system}]
    for past in history:
        if past.said:
            messages.append({"role": "user", "content": past.said[:LONGEST_PAST_TEXT_CHARS]})
        answered = _answered(past)
        if answered:
            messages.append({"role": "assistant", "content": answered})
    messages.append({"role": "user", "content": text[:LONGEST_TEXT_CHARS]})
    return messages


def _answered(past: HistoryTurn) -> str:
    calls = [
        {"tool": call.tool.replace(".", "__"), "arguments": call.arguments, "result": call.task_id}
        for call in past.calls
    ]
    made = fenced(json.dumps({"calls": calls}, ensure_ascii=False)) if calls else ""
    return "\n".join(part for part in (past.answered[:LONGEST_PAST_TEXT_CHARS], made) if part)
