"""Writes that are planned first: the person consents to a card, and exactly what stands on it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from executor_service.registry.context import ToolContext
from shared.contracts.base import Json
from shared.contracts.results import Approval, Choice, Result


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would be done: the card that asks for consent, and the `steps` that the consent is for."""

    card: Approval
    steps: Json


@dataclass(frozen=True, kw_only=True)
class Question:
    """What must be answered before there can be a plan; `values` are the argument's values by option, else its id."""

    choice: Choice
    values: Mapping[str, Any] = field(default_factory=dict)


Planned = Plan | Question
Written = Result | tuple[Result, ...]


@dataclass(frozen=True, kw_only=True)
class Writing:
    """How a planned write is done.

    `do` does the steps that were consented to, once. `find_done` looks in the ERP whether they were done, when nobody
    knows: it gives what `do` would have given, or None when it finds no sign of it. It changes nothing.
    """

    do: Callable[[ToolContext, Json], Written]
    find_done: Callable[[ToolContext, Json], Written | None]
