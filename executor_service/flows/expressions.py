"""The expression language of flows: the hardened templates of `shared`, with the engine's limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from executor_service.flows.limits import Limits
from executor_service.flows.world import ExpressionError, Scope
from shared.templates.budget import TemplateLimits
from shared.templates.errors import TemplateFailed
from shared.templates.inspection import Inspection, inspect_expression, inspect_text
from shared.templates.language import Templates


class TemplateExpressions:
    """Implements `world.Expressions`; one for the process, since it keeps what it compiled."""

    def __init__(self, limits: Limits | None = None) -> None:
        bounds = limits or Limits()
        self._templates = Templates(
            TemplateLimits(
                source_chars=bounds.template_chars,
                output_chars=bounds.result_chars,
                value_size=bounds.variable_bytes,
            )
        )

    def render(self, template: str, scope: Scope) -> str:
        with _translated():
            return self._templates.text(template, scope)

    def value(self, expression: str, scope: Scope) -> Any:
        with _translated():
            return self._templates.value(expression, scope)

    def condition(self, expression: str, scope: Scope) -> bool:
        with _translated():
            return self._templates.condition(expression, scope)

    def inspect_text(self, template: str) -> Inspection:
        """What a text uses, or why it cannot be rendered: for the checks before a flow is published."""
        return inspect_text(self._templates, template)

    def inspect_expression(self, expression: str) -> Inspection:
        return inspect_expression(self._templates, expression)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except TemplateFailed as error:
        raise ExpressionError(str(error)) from error
