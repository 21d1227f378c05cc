"""What an import gives, and how it refuses a file."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from executor_service.flows.importing.report import Note
from executor_service.flows.model import Flow
from shared.errors import InvalidArguments
from shared.texts import Texts

MAX_ERRORS = 20


@dataclass(frozen=True, kw_only=True)
class Imported:
    """One flow of a file; `key` is what the other flows of the file call it by."""

    key: str
    name: str
    flow: Flow
    description: str = ""
    notes: tuple[Note, ...] = ()


def texts_of() -> Texts:
    return Texts("executor_service.flows.importing")


def refuse(why: str, cause: ValidationError | None = None) -> InvalidArguments:
    """The error for a file that cannot be imported; it names the places that do not fit, never their contents."""
    found = cause.errors(include_url=False, include_context=False, include_input=False) if cause else []
    errors = tuple({"where": ".".join(map(str, one["loc"])), "what": one["msg"]} for one in found[:MAX_ERRORS])
    places = "; ".join(f"{one['where']}: {one['what']}" for one in errors[:3])
    return InvalidArguments(f"{why} ({places})" if places else why, errors=errors)
