"""Events as JSON, to compare them with what a file expects."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from whatsapp_service.channels.types import Event

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def event_json(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = EVENT.dump_python(event, mode="json")
    return found
