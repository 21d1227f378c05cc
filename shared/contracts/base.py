"""What every contract is: a frozen model that refuses unknown fields."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

Language = Literal["es", "pt", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "pt", "en")

Json = dict[str, Any]


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time needs a zone, e.g. 2026-11-20T10:00:00Z")
    return value.astimezone(UTC)


Timestamp = Annotated[datetime, AfterValidator(_aware)]
"""An aware datetime, brought to UTC."""


class Contract(BaseModel):
    """A body that crosses a border between services: frozen, and strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
