"""What flows set of a conversation by `conversation` rows: mode, language, label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, update

from shared.contracts.base import LANGUAGES
from shared.contracts.events import Event
from whatsapp_service.tables import conversations

_MODES = ("bot", "human", "muted")


def apply_settings(connection: Connection, conversation_id: str, events: Iterable[Event]) -> None:
    """Sets what the rows say, the last of them winning; values that are none of ours are left out."""
    values: dict[str, Any] = {}
    for event in events:
        found = settings_of(event.data)
        values |= found
        if "mode" in found:
            values["mode_at"] = event.at
    if values:
        connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(values))


def settings_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The columns that a row's data sets."""
    values: dict[str, str] = {}
    if data.get("mode") in _MODES:
        values["mode"] = data["mode"]
    if data.get("language") in LANGUAGES:
        values["language"] = data["language"]
    if isinstance(data.get("label"), str):
        values["label"] = data["label"][:80]
    return values
