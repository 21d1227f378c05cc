"""A Typebot file as it is read: what we use of it, the rest is passed over.

Source: baptisteArno/typebot.io, `packages/blocks/*/schema.ts` and `packages/schemas`, versions 6 and 6.1.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from shared.contracts.base import Json


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Spot(_Read):
    x: float = 0
    y: float = 0


class Path(_Read):
    """A button of a card."""

    id: str
    text: str = ""


class Item(_Read):
    """An option of a choice, a branch of a condition or of a test, a card."""

    id: str
    content: Any = None
    value: str | None = None
    title: str | None = None
    description: str | None = None
    path: str = ""
    paths: tuple[Path, ...] = ()
    displayCondition: Json | None = None


class Block(_Read):
    id: str
    type: str
    content: Json = Field(default_factory=dict)
    options: Json = Field(default_factory=dict)
    items: tuple[Item, ...] = ()

    @field_validator("content", "options", "items", mode="before")
    @classmethod
    def _nothing_is_empty(cls, value: Any) -> Any:
        return {} if value is None else value


class Group(_Read):
    id: str
    title: str = ""
    graphCoordinates: Spot = Spot()
    blocks: tuple[Block, ...] = ()


class From(_Read):
    blockId: str | None = None
    itemId: str | None = None
    pathId: str | None = None
    eventId: str | None = None


class To(_Read):
    groupId: str = ""
    blockId: str | None = None


class Line(_Read):
    """An edge of theirs. `from` is a word of Python."""

    id: str
    source: From = Field(alias="from")
    to: To


class Event(_Read):
    id: str
    type: str
    graphCoordinates: Spot = Spot()
    options: Json | None = None


class Variable(_Read):
    id: str
    name: str


class TypebotFile(_Read):
    version: str | None = None
    name: str = ""
    events: tuple[Event, ...]
    groups: tuple[Group, ...]
    edges: tuple[Line, ...]
    variables: tuple[Variable, ...] = ()
    settings: Json = Field(default_factory=dict)
