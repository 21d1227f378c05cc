"""A tiny expression language, enough to test the engine: dotted names, numbers, quoted texts and `a == b`."""

from __future__ import annotations

import re
from typing import Any

from executor_service.flows.world import ExpressionError, Scope

FIELD = re.compile(r"\{\{(.*?)\}\}")


class TinyExpressions:
    def render(self, template: str, scope: Scope) -> str:
        def said(match: re.Match[str]) -> str:
            value = self.value(match[1], scope)
            return "" if value is None else str(value)

        return FIELD.sub(said, template)

    def value(self, expression: str, scope: Scope) -> Any:
        text = expression.strip()
        if " == " in text:
            left, right = text.split(" == ")
            return self.value(left, scope) == self.value(right, scope)
        if " + " in text:
            left, right = text.split(" + ")
            return self.value(left, scope) + self.value(right, scope)
        if text.startswith("'"):
            return text.strip("'")
        if text.lstrip("-").isdigit():
            return int(text)
        return _look_up(text, scope)

    def condition(self, expression: str, scope: Scope) -> bool:
        return bool(self.value(expression, scope))


def _look_up(name: str, scope: Scope) -> Any:
    found: Any = scope
    for step in name.split("."):
        if not step.isidentifier():
            raise ExpressionError(f"cannot read {name!r}")
        if not isinstance(found, dict):
            return None
        found = found.get(step)
    return found
