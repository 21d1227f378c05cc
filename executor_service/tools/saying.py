"""What people see and say of the tools written in Python: titles, examples and the words for choices."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from executor_service.registry.parameters import Words
from executor_service.registry.tool import Handler, Tool
from executor_service.registry.toolbox import Toolbox

ChoiceWords = Mapping[str, Mapping[str, Words]]
"""Words by parameter and value."""


def said_box(name: str, functions: Iterable[Handler], choices: ChoiceWords | None = None) -> Toolbox:
    """A box of these functions with the titles and examples of `data/said.toml`, and words for their choices."""
    plain = Toolbox(name)
    for function in functions:
        said = _said()["tools"][f"{name}.{function.__name__}"]
        plain.tool(title=said["titles"], examples=said["examples"])(function)
    worded = Toolbox(name)
    for tool in plain:
        worded.add(_with_words(tool, choices or {}))
    return worded


def state_words() -> Mapping[str, Words]:
    """What people say for the states of documents."""
    words: Mapping[str, Words] = _said()["states"]
    return words


def _with_words(tool: Tool, choices: ChoiceWords) -> Tool:
    parameters = (replace(one, choices=choices.get(one.name, one.choices)) for one in tool.parameters)
    return replace(tool, parameters=tuple(parameters))


@cache
def _said() -> Mapping[str, Any]:
    text = (files("executor_service.tools") / "data" / "said.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
