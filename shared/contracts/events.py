"""Rows of the executor's append-only event table: the one stream out of the executor."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.contracts.base import Contract, Json, Timestamp

EventType = Literal[
    "queued",
    "started",
    "progress",
    "message",
    "artifact",
    "waiting",
    "succeeded",
    "failed",
    "cancelled",
    "conversation",
]
ENDINGS: frozenset[EventType] = frozenset({"succeeded", "failed", "cancelled"})


class Event(Contract):
    """One row. Ids grow and become visible in order. `data` by type:

    `progress`: `{title, done, total, text}`, `message`: a `Reply`, `waiting` and endings: `{reason?}`,
    `conversation`: what to set (`mode`, `language`, `label`).
    """

    id: int
    task_id: str | None = None
    turn_id: str | None = None
    conversation_id: str | None = None
    type: EventType
    at: Timestamp
    data: Json = Field(default_factory=dict)


class EventPage(Contract):
    """Rows after a cursor, oldest first; `next` is the cursor for the following page."""

    events: tuple[Event, ...]
    next: int
