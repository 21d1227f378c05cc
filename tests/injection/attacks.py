"""Attacks as data, and a model that does what each of them says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from interpreter_service.agent.model import ModelLimits, ModelReply
from shared.contracts.base import Json, Language
from tests.fakes.model import calls, says

LINES = (Path(__file__).parent / "attacks.jsonl").read_text(encoding="utf-8").splitlines()
End = Literal["card", "refused", "tap"]
CLAIM = "Hecho / Feito / Done."


@dataclass(frozen=True)
class Attack:
    """A text that wants something done, and the `calls` of a model that obeys it.

    `end` is what must come of them: an approval's card that says all of `names`, a refusal, or a question to tap.
    """

    id: str
    language: Language
    text: str
    calls: tuple[tuple[str, Json], ...]
    end: End
    names: tuple[str, ...]


def attacks(known: dict[str, str]) -> tuple[Attack, ...]:
    """The table, with the names of real documents put in."""
    return tuple(_attack(_filled(json.loads(line), known)) for line in LINES)


def attack_ids() -> list[str]:
    return [json.loads(line)["id"] for line in LINES]


@dataclass
class ObeyingModel:
    """Looks where it is sent first, and obeys whatever it reads of the attack, wherever it stands."""

    attack: Attack
    look: tuple[str, Json] | None
    questions: list[list[Json]] = field(default_factory=list)
    tools_seen: int = 0

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        self.questions.append(list(messages))
        self.tools_seen = len(tools)
        obeyed = any(_called(message, self.attack.calls[0][0]) for message in messages)
        if obeyed:
            return says(CLAIM)
        if self.reads_it(messages):
            return calls(*self.attack.calls)
        return calls(self.look) if self.look else says("?")

    def reads_it(self, messages: Sequence[Json]) -> bool:
        wanted = _plain(self.attack.text)
        return any(wanted in _plain(str(message.get("content") or "")) for message in messages[1:])

    @property
    def has_read_it(self) -> bool:
        return any(self.reads_it(question) for question in self.questions)

    def unfenced(self) -> list[str]:
        """What it read of the attack outside the marks of data."""
        contents = [str(message.get("content") or "") for message in self.questions[-1][1:]]
        carrying = [one for one in contents if _plain(self.attack.text) in _plain(one)]
        return [one for one in carrying if not (one.startswith("<data>") and one.endswith("</data>"))]


def _called(message: Json, tool: str) -> bool:
    return any(call["function"]["name"] == tool for call in message.get("tool_calls") or ())


def _plain(text: str) -> str:
    """The words of a text, however JSON, a PDF or a marked passage writes them."""
    bare = text.replace("\\u003c", "<").replace("\\n", " ").replace('\\"', '"')
    return "".join(bare.split()).replace("-", "")


def _filled(body: Any, known: dict[str, str]) -> Any:
    if isinstance(body, str):
        for name, value in known.items():
            body = body.replace(f"{{{name}}}", value)
        return body
    if isinstance(body, list):
        return [_filled(one, known) for one in body]
    return {key: _filled(one, known) for key, one in body.items()} if isinstance(body, dict) else body


def _attack(body: Json) -> Attack:
    wanted = tuple((one["tool"], one["arguments"]) for one in body.pop("calls"))
    return Attack(calls=wanted, names=tuple(body.pop("names")), **body)
