"""A tool: its description for people, models and forms, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from executor_service.registry.parameters import Parameter, object_schema
from executor_service.registry.writing import Planned, Writing
from shared.contracts.base import Language
from shared.contracts.results import Result
from shared.contracts.tools import Effect, ToolSpec

Returned = Result | str | tuple[Result, ...] | Planned | None
Handler = Callable[..., Returned]
DEFAULT_TIMEOUT_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Tool:
    """One entry of the registry. `handler` takes the context and then the resolved arguments by name.

    With `writing` the handler only plans: it gives the card and the steps, which `writing` does after the consent.
    """

    name: str
    titles: Mapping[Language, str]
    description: str
    parameters: tuple[Parameter, ...]
    handler: Handler
    examples: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    effect: Effect = "read"
    groups: tuple[str, ...] = ()
    slow: bool = False
    lasting: bool = False
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    writing: Writing | None = None
    only_with: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    never_with: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def spec(self) -> ToolSpec:
        return ToolSpec(
            name=self.name,
            titles=dict(self.titles),
            description=self.description,
            parameters=object_schema(self.parameters),
            examples=dict(self.examples),
            effect=self.effect,
            groups=self.groups,
            slow=self.slow,
            lasting=self.lasting,
            only_with=dict(self.only_with),
            never_with=dict(self.never_with),
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Returned:
        return self.handler(*args, **kwargs)
