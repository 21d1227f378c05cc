"""A flow definition as it is read: what we use of it, the rest is passed over.

Source: nyaruka/goflow `flows/definition`, `flows/actions`, `flows/routers` (specification 13 and 14); Glific adds
`send_interactive_msg`, `wait_for_time` and keeps keywords beside each definition.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from shared.contracts.base import Json


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Exit(_Read):
    uuid: str
    destination_uuid: str | None = None


class Case(_Read):
    uuid: str = ""
    type: str
    arguments: tuple[str, ...] = ()
    category_uuid: str = ""

    @field_validator("arguments", mode="before")
    @classmethod
    def _texts(cls, value: Any) -> Any:
        return [str(one) for one in value] if isinstance(value, list | tuple) else ()


class Category(_Read):
    uuid: str
    name: str = ""
    exit_uuid: str = ""


class Router(_Read):
    type: str
    wait: Json | None = None
    operand: str = ""
    result_name: str = ""
    default_category_uuid: str | None = None
    categories: tuple[Category, ...] = ()
    cases: tuple[Case, ...] = ()

    @field_validator("operand", "result_name", mode="before")
    @classmethod
    def _text(cls, value: Any) -> Any:
        return "" if value is None else value

    @field_validator("cases", mode="before")
    @classmethod
    def _none(cls, value: Any) -> Any:
        return () if value is None else value


class Action(_Read):
    """Each type has its own fields, which its importer looks into."""

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    type: str
    uuid: str = ""

    def text(self, name: str) -> str:
        value = (self.model_extra or {}).get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        value = (self.model_extra or {}).get(name)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

    def part(self, name: str) -> Json:
        value = (self.model_extra or {}).get(name)
        return value if isinstance(value, dict) else {}

    def parts(self, name: str) -> list[Json]:
        value = (self.model_extra or {}).get(name)
        return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


class Node(_Read):
    uuid: str
    actions: tuple[Action, ...] = ()
    router: Router | None = None
    exits: tuple[Exit, ...] = ()

    @field_validator("actions", "exits", mode="before")
    @classmethod
    def _none(cls, value: Any) -> Any:
        return () if value is None else value


class Definition(_Read):
    uuid: str = ""
    name: str = ""
    spec_version: str = ""
    type: str = "messaging"
    language: str = ""
    expire_after_minutes: float | None = None
    localization: dict[str, dict[str, Json]] = Field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    ui: Json = Field(default_factory=dict, alias="_ui")

    @field_validator("localization", "ui", mode="before")
    @classmethod
    def _nothing(cls, value: Any) -> Any:
        return {} if value is None else value

    @field_validator("nodes", mode="before")
    @classmethod
    def _none(cls, value: Any) -> Any:
        return () if value is None else value
