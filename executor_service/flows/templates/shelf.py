"""The templates of flows that come with Recado: one JSON file each, found by its name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

from executor_service.flows.model import Flow
from shared.contracts.base import Contract, Language
from shared.errors import NotFound

Category = Literal["service", "sales", "collections", "feedback"]


class Template(Contract):
    """A drawing with what people read of it before they take it; its texts are in all our languages."""

    category: Category
    titles: dict[Language, str]
    descriptions: dict[Language, str]
    flow: Flow


class TemplateShelf:
    """All templates, read once, when made."""

    def __init__(self) -> None:
        found = (file for file in files(__package__).iterdir() if file.name.endswith(".json"))
        self.by_name: Mapping[str, Template] = {
            file.name.removesuffix(".json"): Template.model_validate_json(file.read_bytes())
            for file in sorted(found, key=lambda file: file.name)
        }

    def get(self, name: str) -> Template:
        """Raises NotFound."""
        if name not in self.by_name:
            raise NotFound("there is no such template")
        return self.by_name[name]
