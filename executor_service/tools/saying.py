"""What people see and say of the tools written in Python: titles, examples and the words for choices."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from executor_service.registry.parameters import Words
from executor_service.registry.tool import DEFAULT_TIMEOUT_SECONDS, Handler, Tool
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Writing
from shared.contracts.tools import Effect

ChoiceWords = Mapping[str, Mapping[str, Words]]
"""Words by parameter and value."""


@dataclass(frozen=True, kw_only=True)
class PlannedWrite:
    """A function that plans a write, and what does it."""

    plan: Handler
    writing: Writing
    effect: Effect = "write"


def said_box(
    name: str,
    functions: Iterable[Handler | PlannedWrite],
    choices: ChoiceWords | None = None,
    *,
    groups: Sequence[str] = (),
    slow: bool = False,
    lasting: bool = False,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
) -> Toolbox:
    """A box of these functions with the titles and examples of `data/said*.toml`, and words for their choices."""
    plain = Toolbox(name)
    for one in functions:
        function = one.plan if isinstance(one, PlannedWrite) else one
        said = _said()[f"{name}.{function.__name__}"]
        declare = plain.tool(
            title=said["titles"],
            examples=said["examples"],
            effect=one.effect if isinstance(one, PlannedWrite) else "read",
            writing=one.writing if isinstance(one, PlannedWrite) else None,
            groups=groups,
            slow=slow,
            lasting=lasting,
            timeout_seconds=timeout_seconds,
            only_with=said.get("only_with", ()),
            never_with=said.get("never_with", ()),
        )
        declare(function)
    worded = Toolbox(name)
    for tool in plain:
        worded.add(_with_words(tool, choices or {}))
    return worded


def state_words() -> Mapping[str, Words]:
    """What people say for the states of documents."""
    words: Mapping[str, Words] = _read("said.toml")["states"]
    return words


def happening_words() -> Mapping[str, Words]:
    """What people say for what happens to documents."""
    words: Mapping[str, Words] = _read("said_schedules.toml")["happenings"]
    return words


def _with_words(tool: Tool, choices: ChoiceWords) -> Tool:
    parameters = (replace(one, choices=choices.get(one.name, one.choices)) for one in tool.parameters)
    return replace(tool, parameters=tuple(parameters))


@cache
def _said() -> Mapping[str, Any]:
    """What is said of each tool, by its name."""
    found: dict[str, Any] = {}
    for file in sorted((files("executor_service.tools") / "data").iterdir(), key=lambda one: one.name):
        if file.name.startswith("said"):
            found |= _read(file.name)["tools"]
    return found


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("executor_service.tools") / "data" / name).read_text(encoding="utf-8"))
