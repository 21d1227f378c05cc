"""Flows as files: a flow alone, or with its name and description, as `recado flows export` writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from executor_service.flows.importing import own
from executor_service.flows.model import Flow
from executor_service.flows.store import StoredFlow
from shared.errors import InvalidArguments


@dataclass(frozen=True, kw_only=True)
class FlowFile:
    name: str
    description: str
    flow: Flow


def read_file(path: Path) -> FlowFile:
    """Raises InvalidArguments for what is no flow; without a name in it, it is called as the file."""
    document = read_document(path)
    if not isinstance(document, dict):
        raise InvalidArguments(f"{path.name} holds no flow; `recado flows export` writes one")
    (read,) = own.read(document, None)
    return FlowFile(name=read.name or path.stem, description=read.description, flow=read.flow)


def read_document(path: Path) -> Any:
    """What a JSON file holds. Raises InvalidArguments."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise InvalidArguments(f"{path.name} is not JSON: {error}") from error


def as_file(stored: StoredFlow) -> str:
    return as_document(stored.name, stored.description, stored.draft)


def as_document(name: str, description: str, flow: Flow) -> str:
    document = {"name": name, "description": description, "flow": flow.model_dump(mode="json")}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
