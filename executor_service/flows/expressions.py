"""The expression language of flows: the hardened templates of `shared`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from executor_service.flows.world import ExpressionError, Scope
from shared.templates.errors import TemplateFailed
from shared.templates.language import Templates


class TemplateExpressions:
    """Implements `world.Expressions`."""

    def __init__(self, templates: Templates | None = None) -> None:
        self._templates = templates or Templates()

    def render(self, template: str, scope: Scope) -> str:
        with _translated():
            return self._templates.text(template, scope)

    def value(self, expression: str, scope: Scope) -> Any:
        with _translated():
            return self._templates.value(expression, scope)

    def condition(self, expression: str, scope: Scope) -> bool:
        with _translated():
            return self._templates.condition(expression, scope)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except TemplateFailed as failed:
        raise ExpressionError(str(failed)) from failed
