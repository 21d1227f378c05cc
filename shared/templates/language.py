"""Templates and expressions: `text` renders, `value` gives an object, `condition` a yes or no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateError, nodes

from shared.templates.budget import Budget, TemplateLimits
from shared.templates.environment import HardenedEnvironment
from shared.templates.errors import TemplateFailed
from shared.templates.filters import BUDGET
from shared.templates.plain import to_plain
from shared.templates.tree import Weaver, check_tree

KEPT_TEMPLATES = 512
_RESULT = "result"


class Templates:
    """The language with its limits. Everything raises TemplateFailed; a scope is a mapping of JSON values."""

    def __init__(self, limits: TemplateLimits | None = None) -> None:
        self.limits = limits or TemplateLimits()
        self.environment = HardenedEnvironment()
        self._text = lru_cache(KEPT_TEMPLATES)(self._compile_text)
        self._expression = lru_cache(KEPT_TEMPLATES)(self._compile_expression)

    def text(self, template: str, scope: Mapping[str, Any]) -> str:
        """The text with its expressions filled in; what is missing becomes nothing."""
        if "{" not in template:
            return self._plain(template)
        with _translated():
            pieces, size = [], 0
            for piece in self._text(template).generate(self._with_budget(scope)):
                pieces.append(piece)
                size += len(piece)
                if size > self.limits.output_chars:
                    raise TemplateFailed("too_much", f"the text grew over {self.limits.output_chars} characters")
            return "".join(pieces)

    def value(self, expression: str, scope: Mapping[str, Any]) -> Any:
        """The JSON value of one expression without braces; None for what is missing."""
        with _translated():
            return to_plain(self._evaluate(expression, scope))

    def condition(self, expression: str, scope: Mapping[str, Any]) -> bool:
        """Whether the expression holds: what is missing, empty or zero does not."""
        with _translated():
            return bool(self._evaluate(expression, scope))

    def tree_of_text(self, template: str) -> nodes.Template:
        """The checked tree. Raises TemplateFailed for what cannot be rendered."""
        with _translated():
            self._check_source(template)
            tree = self.environment.parse(template)
            check_tree(tree, self.limits)
            return tree

    def tree_of_expression(self, expression: str) -> nodes.Expr:
        with _translated():
            self._check_source(expression)
            tree = self.environment.parse_expression(expression)
            check_tree(tree, self.limits)
            return tree

    def _plain(self, template: str) -> str:
        self._check_source(template)
        if len(template) > self.limits.output_chars:
            raise TemplateFailed("too_much", f"the text grew over {self.limits.output_chars} characters")
        return template

    def _evaluate(self, expression: str, scope: Mapping[str, Any]) -> Any:
        template = self._expression(expression)
        budget = Budget(self.limits)
        context = template.new_context({**scope, BUDGET: budget})
        for _ in template.root_render_func(context):
            pass
        result = context.vars[_RESULT]
        budget.weigh(result)
        return result

    def _with_budget(self, scope: Mapping[str, Any]) -> dict[str, Any]:
        return {**scope, BUDGET: Budget(self.limits)}

    def _check_source(self, source: str) -> None:
        if len(source) > self.limits.source_chars:
            raise TemplateFailed("too_much", f"a template has at most {self.limits.source_chars} characters")

    def _compile_text(self, template: str) -> Template:
        return self.environment.from_string(Weaver().visit(self.tree_of_text(template)))

    def _compile_expression(self, expression: str) -> Template:
        tree = Weaver().visit(self.tree_of_expression(expression))
        body: list[nodes.Node] = [nodes.Assign(nodes.Name(_RESULT, "store"), tree, lineno=1)]
        return self.environment.from_string(nodes.Template(body, lineno=1))


@contextmanager
def _translated() -> Iterator[None]:
    """What Jinja and Python say, as TemplateFailed; messages that could quote values are not passed on."""
    try:
        yield
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        code = "syntax" if line is not None else "failed"
        raise TemplateFailed(code, f"line {line}: {error.message}" if line else "a value is missing") from error
    except RecursionError as error:
        raise TemplateFailed("too_much", "the template is too deeply nested") from error
    except (TypeError, ValueError, ArithmeticError, LookupError, MemoryError, AttributeError, NameError) as error:
        raise TemplateFailed("failed", "the values do not fit what the expression does with them") from error
