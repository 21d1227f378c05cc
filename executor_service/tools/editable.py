"""The fields that people may change by message, read from `data/editable_fields.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import Language
from shared.errors import InvalidArguments
from shared.language.period_shift import add_months
from shared.language.periods import resolve_words

MAX_CHARS = 1000
_YEAR = re.compile(r"\d{4}")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")


class EditableField(BaseModel):
    """One field: in which kinds of documents it may be changed, and what it is called."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kinds: tuple[str, ...]
    type: Literal["text", "date", "email"] = "text"
    says: dict[Language, str]
    words: dict[Language, tuple[str, ...]]

    def read(self, said: str, today: date, language: Language) -> str:
        """The value as it is stored. Raises InvalidArguments for what is no such value."""
        text = said.strip()
        if not text or len(text) > MAX_CHARS:
            raise _wrong(f"1 to {MAX_CHARS} characters")
        if self.type == "email" and not _EMAIL.fullmatch(text):
            raise _wrong("an e-mail address")
        return self._day(text, today, language) if self.type == "date" else text

    def _day(self, text: str, today: date, language: Language) -> str:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            found = resolve_words(text, today, language=language).end
            # such days lie ahead: "15 December" without a year is the next one
            is_last_year = found < today and not _YEAR.search(text)
            return (add_months(found, 12) if is_last_year else found).isoformat()


@cache
def editable_fields() -> Mapping[str, EditableField]:
    """Every field by its name in the ERP."""
    text = (files("executor_service.tools") / "data" / "editable_fields.toml").read_text(encoding="utf-8")
    fields: Mapping[str, Any] = tomllib.loads(text)["fields"]
    return {name: EditableField(name=name, **field) for name, field in fields.items()}


def _wrong(what: str) -> InvalidArguments:
    return InvalidArguments(f"the new value must be {what}", errors=({"where": "value", "what": what},))
