"""The conversation as a model reads it: what others wrote, answers from the ERP too, is fenced as data. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from interpreter_service.agent.data import fenced
from shared.contracts.base import Json
from shared.contracts.turns import HistoryTurn

LONGEST_PAST_TEXT_CHARS = 800
LONGEST_TEXT_CHARS = 4_000


def conversation(system: str, history: Sequence[HistoryTurn], text: str, *, is_forwarded: bool = False) -> list[Json]:
    """The messages that start a turn: the system's, what was said before, and the person's text."""
    messages: list[Json] = [{"role": "system", "content": system}]
    for past in history:
        if past.said:
            said = past.said[:LONGEST_PAST_TEXT_CHARS]
            messages.append({"role": "user", "content": _forwarded(said) if past.is_forwarded else said})
        answered = _answered(past)
        if answered:
            messages.append({"role": "assistant", "content": answered})
    said = text[:LONGEST_TEXT_CHARS]
    messages.append({"role": "user", "content": _forwarded(said) if is_forwarded else said})
    return messages


def has_outside_text(history: Sequence[HistoryTurn], *, is_forwarded: bool) -> bool:
    """Whether something in the conversation was written by neither the person nor the model."""
    return is_forwarded or any(past.is_forwarded or past.calls for past in history)


def _answered(past: HistoryTurn) -> str:
    told = past.answered[:LONGEST_PAST_TEXT_CHARS]
    if not past.calls:
        return told
    calls = [
        {"tool": call.tool.replace(".", "__"), "arguments": call.arguments, "result": call.task_id}
        for call in past.calls
    ]
    return fenced(json.dumps({"told": told, "calls": calls}, ensure_ascii=False))


def _forwarded(text: str) -> str:
    return fenced(json.dumps({"forwarded_message": text}, ensure_ascii=False))
