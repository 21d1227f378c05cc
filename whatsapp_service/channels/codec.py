"""Inbound events as JSON and back, for the tables and queues between the webhook and the worker."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from whatsapp_service.channels.types import Event


def event_to_json(event: Event) -> str:
    """The event as one JSON object; `type` and `content.kind` tell the variants apart."""
    return _adapter().dump_json(event).decode()


def event_from_json(stored: str | bytes) -> Event:
    """The same event again. Raises pydantic's ValidationError, a ValueError, for anything else."""
    return _adapter().validate_json(stored)


@cache
def _adapter() -> TypeAdapter[Event]:
    return TypeAdapter(Annotated[Event, Field(discriminator="type")])
