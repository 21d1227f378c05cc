"""How a tool is declared: a function in the box of one domain."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from executor_service.registry.parameters import DeclarationError, parameters_of
from executor_service.registry.tool import DEFAULT_TIMEOUT_SECONDS, Handler, Tool
from executor_service.registry.writing import Writing
from shared.contracts.base import LANGUAGES, Language
from shared.contracts.tools import Effect

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
MAX_NAME_LENGTH = 60

Said = Sequence[str] | Mapping[Language, Sequence[str]]


class Toolbox:
    """The tools of one domain; `sales.by_customer` is the tool `by_customer` of `Toolbox("sales")`."""

    def __init__(self, name: str) -> None:
        _check_name(name)
        self.name = name
        self._tools: dict[str, Tool] = {}

    def __iter__(self) -> Iterator[Tool]:
        return iter(self._tools.values())

    def tool(
        self,
        *,
        title: str | Mapping[Language, str] | None = None,
        examples: Said = (),
        effect: Effect = "read",
        groups: Sequence[str] = (),
        slow: bool = False,
        lasting: bool = False,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        writing: Writing | None = None,
        only_with: Said = (),
        never_with: Said = (),
    ) -> Callable[[Handler], Handler]:
        """Declares a tool: the signature is its schema, the docstring its description.

        `title` and `examples` (what people say for it) may be given per language. `effect="write"` asks the person
        first; `slow=True` does not wait for the result; `groups` limits who may use it. With `writing` the function
        gives the plan of a write, not its result. One of `only_with` is said whenever the tool is meant, none of
        `never_with` ever. `lasting=True` leaves something behind for the person, such as a reminder.
        """

        def declare(function: Handler) -> Handler:
            self._add(
                Tool(
                    name=f"{self.name}.{_verb(function)}",
                    titles=_titles(title, function),
                    description=_description(function),
                    parameters=parameters_of(function),
                    handler=function,
                    examples=_said(examples),
                    effect=effect,
                    groups=tuple(groups),
                    slow=slow,
                    lasting=lasting,
                    timeout_seconds=timeout_seconds,
                    writing=writing,
                    only_with=_said(only_with),
                    never_with=_said(never_with),
                )
            )
            return function

        return declare

    def add(self, tool: Tool) -> None:
        """Adds a tool that was made from data."""
        if tool.name.split(".", 1)[0] != self.name:
            raise DeclarationError(f"{tool.name}: does not belong to the box {self.name!r}")
        self._add(tool)

    def _add(self, tool: Tool) -> None:
        if tool.name in self._tools:
            raise DeclarationError(f"{tool.name}: declared twice")
        if len(tool.name) > MAX_NAME_LENGTH:
            raise DeclarationError(f"{tool.name}: longer than {MAX_NAME_LENGTH} characters")
        self._tools[tool.name] = tool


def _verb(function: Handler) -> str:
    name: str = getattr(function, "__name__", "")
    _check_name(name)
    return name


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise DeclarationError(f"{name!r}: a name is lower-case ASCII letters, digits and single underscores")


def _description(function: Handler) -> str:
    text = inspect.getdoc(function)
    if not text:
        raise DeclarationError(f"{_verb(function)}: a tool needs a docstring, which is its description")
    return text


def _titles(title: str | Mapping[Language, str] | None, function: Handler) -> Mapping[Language, str]:
    if isinstance(title, Mapping):
        return dict(title)
    text = title or _description(function).splitlines()[0].rstrip(".")
    return dict.fromkeys(LANGUAGES, text)


def _said(said: Said) -> Mapping[Language, tuple[str, ...]]:
    if isinstance(said, Mapping):
        return {language: tuple(some) for language, some in said.items()}
    return dict.fromkeys(LANGUAGES, tuple(said)) if said else {}
