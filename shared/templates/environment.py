"""Jinja's environment with every door shut but those that are listed here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import ChainableUndefined, nodes
from jinja2.parser import Parser
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context

from shared.templates.errors import TemplateFailed
from shared.templates.filters import allowed_filters, allowed_tests, budget_of, check_arguments
from shared.templates.methods import LOOP_FIELDS, Callable_, find_method, functions
from shared.templates.operators import OPERATORS, calculate
from shared.templates.plain import to_text


class Missing(ChainableUndefined):
    """What is not there: written as nothing, and so is whatever is asked of it."""


@pass_context
def _written(context: Context, value: Any) -> str:
    budget_of(context).weigh(value)
    return to_text(value)


class HardenedEnvironment(ImmutableSandboxedEnvironment):
    """Attributes are keys or listed methods; operators, calls and output are charged to the rendering's budget."""

    intercepted_binops = OPERATORS

    def __init__(self) -> None:
        # optimized: constants would be computed while compiling, outside any budget
        super().__init__(
            optimized=False, undefined=Missing, finalize=_written, autoescape=False, cache_size=0, extensions=()
        )
        # Jinja's own types know only its own functions
        vars(self).update(filters=allowed_filters(), tests=allowed_tests(), globals=functions())

    def parse_expression(self, source: str) -> nodes.Expr:
        """The tree of one expression without braces."""
        parser = Parser(self, source, state="variable")
        expression = parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateFailed("syntax", "one expression is expected, and something follows it")
        return expression

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, LoopContext) and attribute in LOOP_FIELDS:
            return getattr(obj, attribute)
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return find_method(obj, attribute) or self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, str | list | tuple) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined()
        if isinstance(obj, Mapping) and isinstance(argument, str | int | float):
            return obj.get(argument, self.undefined(name=str(argument)))
        return self.getattr(obj, argument) if isinstance(argument, str) else self.undefined()

    def call(self, context: Context, called: Any, /, *args: Any, **options: Any) -> Any:
        if not isinstance(called, Callable_) or options:
            raise TemplateFailed("refused", "only the listed functions and methods can be called")
        budget = budget_of(context)
        check_arguments(budget, called.name, args)
        result = called.run(budget, *args)
        budget.weigh(result)
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        return calculate(budget_of(context), operator, left, right)
