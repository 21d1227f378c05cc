"""Options of a question, cut to what chats can show: the whole text stays as the description and as the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from executor_service.flows.checks.channels import (
    MAX_BUTTON_CHARS,
    MAX_BUTTONS,
    MAX_ROW_CHARS,
    MAX_ROW_DETAIL_CHARS,
    is_static,
)
from executor_service.flows.importing.naming import slugs

RESERVED = ("default", "other", "failed", "timeout")
"""Exits that questions have besides those of their options."""


@dataclass(frozen=True)
class Choice:
    """`goal` is the place where it leads."""

    title: str
    description: str = ""
    value: str = ""
    goal: str = ""


@dataclass(frozen=True)
class Offer:
    """What a node shows: its kind, the options' configs in the order of the choices, and whether texts were cut."""

    kind: str
    options: tuple[dict[str, Any], ...]
    is_cut: bool


def offer(choices: Sequence[Choice]) -> Offer:
    """Buttons where they are few and short, else a list."""
    ids = slugs((one.title for one in choices), "option", RESERVED)
    is_short = all(len(one.title) <= MAX_BUTTON_CHARS and not one.description for one in choices)
    if len(choices) <= MAX_BUTTONS and is_short:
        return Offer("buttons", tuple(_option(one, name) for one, name in zip(choices, ids, strict=True)), False)
    rows = tuple(_row(one) for one in choices)
    options = tuple(_option(row, name) for row, name in zip(rows, ids, strict=True))
    return Offer("list", options, is_cut=any(one.title != row.title for one, row in zip(choices, rows, strict=True)))


def _row(choice: Choice) -> Choice:
    title, description = choice.title, choice.description
    if is_static(title) and len(title) > MAX_ROW_CHARS:
        description = description or title
        title = _cut(title, MAX_ROW_CHARS)
    if is_static(description):
        description = _cut(description, MAX_ROW_DETAIL_CHARS)
    value = choice.value or (choice.title if title != choice.title else "")
    return Choice(title, description, value, choice.goal)


def _option(choice: Choice, name: str) -> dict[str, Any]:
    more = {"description": choice.description, "value": choice.value}
    return {"id": name, "title": choice.title, **{name: text for name, text in more.items() if text}}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
