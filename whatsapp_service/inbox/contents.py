"""What a person sent, as it is kept with the message, and what is to be done about it."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from whatsapp_service.channels.content import (
    Content,
    Deleted,
    Edited,
    Reaction,
    System,
    Unsupported,
)
from whatsapp_service.model import InState, Json

TASK = "task"
"""The kind of a row that no person sent: a task of this conversation ended or waits."""


def content_to_json(content: Content) -> Json:
    found: Json = _adapter().dump_python(content, mode="json")
    return found


def content_from_json(stored: Json) -> Content:
    """The same content again. Raises pydantic's ValidationError, a ValueError, for anything else."""
    content: Content = _adapter().validate_python(stored)
    return content


def first_state(content: Content) -> InState:
    """`received` for what gets a turn or at least an answer, `ignored` for what is only kept."""
    if isinstance(content, Reaction | Edited | Deleted | System):
        return "ignored"
    if isinstance(content, Unsupported) and content.reason == "unused":
        return "ignored"
    return "received"


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[Content, Field(discriminator="kind")])
