"""Flows as `recado flows export` writes them: a flow alone, or with its name and description."""

from __future__ import annotations

from typing import Any

from executor_service.flows.importing.imported import Imported
from executor_service.flows.store import read_flow
from shared.contracts.base import Json, Language


def fits(document: Json) -> bool:
    return "flow" in document or ("nodes" in document and "edges" in document)


def read(document: Json, language: Language | None) -> tuple[Imported, ...]:
    """One flow, as it is: it says itself what language it is in. Raises InvalidArguments."""
    around = document if "flow" in document else {"flow": document}
    flow = read_flow(around["flow"])
    name = _text(around, "name")
    return (Imported(key=name, name=name, description=_text(around, "description"), flow=flow),)


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name, "")
    return value if isinstance(value, str) else ""
