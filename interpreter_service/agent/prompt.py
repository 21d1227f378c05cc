"""What a model is told before it answers: who it is for, what was said, which tools there are. Pure."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from interpreter_service.agent.data import fenced
from shared.contracts.base import LANGUAGES, Json, Language
from shared.contracts.turns import HistoryTurn, Profile

LONGEST_PAST_TEXT_CHARS = 800
LONGEST_TEXT_CHARS = 4_000


class Prompts:
    """The system prompts, one file a language, read once when made."""

    def __init__(self) -> None:
        folder = files("interpreter_service") / "agent" / "prompts"
        self._system: Mapping[Language, str] = {
            language: tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))["system"].strip()
            for language in LANGUAGES
        }

    def system(self, language: Language, profile: Profile, time_zone: str) -> str:
        return self._system[language].format(
            company=profile.company or "-",
            currency=profile.currency or "-",
            groups=", ".join(profile.groups) or "-",
            today=profile.today.isoformat(),
            fiscal_month=profile.fiscal_year_start_month,
            time_zone=time_zone,
        )


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
