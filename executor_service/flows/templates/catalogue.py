"""All templates: those that come with Recado, and those that the company keeps."""

from __future__ import annotations

from collections.abc import Mapping

from executor_service.flows.templates.own import OwnTemplates
from executor_service.flows.templates.shelf import Template, TemplateShelf
from shared.errors import Conflict


class TemplateCatalogue:
    """`own` is asked each time; the others never change."""

    def __init__(self, shelf: TemplateShelf, own: OwnTemplates) -> None:
        self._shelf = shelf
        self.own = own

    def all(self) -> Mapping[str, Template]:
        """Those that come with Recado first."""
        return {**self._shelf.by_name, **self.own.all()}

    def get(self, name: str) -> Template:
        """Raises NotFound."""
        return self.own.find(name) or self._shelf.get(name)

    def is_own(self, name: str) -> bool:
        return name not in self._shelf.by_name

    def delete(self, name: str) -> None:
        """Raises Conflict for one that comes with Recado, NotFound for none."""
        if not self.is_own(name):
            raise Conflict("a template that comes with Recado cannot be deleted")
        self.own.delete(name)
