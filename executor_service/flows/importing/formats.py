"""The formats that can be imported, in one list, and which of them a file is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from executor_service.flows.importing import own
from executor_service.flows.importing.imported import Imported, refuse
from executor_service.flows.importing.rapidpro import importer as rapidpro
from executor_service.flows.importing.typebot import importer as typebot
from shared.contracts.base import Json, Language

FormatName = Literal["recado", "typebot", "rapidpro"]
MAX_FLOWS = 100


@dataclass(frozen=True)
class Format:
    """`read` may be given the language of the file's texts, where the file does not say it."""

    fits: Callable[[Json], bool]
    read: Callable[[Json, Language | None], tuple[Imported, ...]]


FORMATS: Mapping[FormatName, Format] = {
    "typebot": Format(typebot.fits, typebot.read),
    "rapidpro": Format(rapidpro.fits, rapidpro.read),
    "recado": Format(own.fits, own.read),
}


def detect(document: Json) -> FormatName:
    """Raises InvalidArguments for a file of none of the formats."""
    for name, one in FORMATS.items():
        if one.fits(document):
            return name
    raise refuse("this is no flow of Recado, Typebot, RapidPro or Glific; export the flow as JSON there")


def read_flows(
    document: Any, format_name: FormatName | None = None, language: Language | None = None
) -> tuple[Imported, ...]:
    """All flows of a file. Raises InvalidArguments for one that cannot be imported, saying why."""
    if not isinstance(document, dict):
        raise refuse("a file with flows is a JSON object")
    found = FORMATS[format_name or detect(document)].read(document, language)
    if not found:
        raise refuse("there is no flow in this file")
    if len(found) > MAX_FLOWS:
        raise refuse(f"there are over {MAX_FLOWS} flows in this file; export fewer at once")
    return found
