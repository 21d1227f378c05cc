"""Cases: what somebody says, what was said before, and what the right reaction is. One JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from shared.contracts.base import Contract, Json, Language
from shared.errors import InvalidArguments

Lang = Literal["es", "pt", "en", "mixed"]
HALVES = ("tuned", "held_out")
"""The shipped sets: one that the words of the interpreter were tuned with, one that nobody tunes with."""
RESULT_BEFORE = "last"
"""The task id of the call in a case's context, as a transforming tool names it."""


class Wanted(Contract):
    """A call that answers; without `arguments` any are good."""

    tool: str
    arguments: Json | None = None


class Context(Contract):
    """What stands around a text: the call before it, the language of the contact, tools it may not use."""

    last: Wanted | None = None
    language: Language | None = None
    not_permitted: tuple[str, ...] = ()


class Expected(Contract):
    """The right reaction: one of some calls, a question (that offers one of some tools), or a refusal.

    Calls of tools that the registry does not have are no answer: where none is left, refusing and asking are right.
    """

    tool: str = ""
    arguments: Json | None = None
    any: tuple[Wanted, ...] = ()
    clarify: bool | tuple[str, ...] = False
    refuse: bool = False
    may_ask: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.tool or self.any or self.clarify or self.refuse):
            raise ValueError("give tool and arguments, any, clarify or refuse")
        return self

    @property
    def calls(self) -> tuple[Wanted, ...]:
        own = (Wanted(tool=self.tool, arguments=self.arguments),) if self.tool else ()
        return (*own, *self.any)

    @property
    def offered(self) -> tuple[str, ...]:
        """Tools one of which a question must offer; empty for any question."""
        return self.clarify if isinstance(self.clarify, tuple) else ()


class Case(Contract):
    """One case. `kind` groups cases in the tables, e.g. report, typo, follow_up."""

    id: str = Field(min_length=1, max_length=80)
    lang: Lang
    kind: str = Field(default="report", min_length=1, max_length=40)
    text: str = Field(min_length=1, max_length=4_000)
    context: Context = Context()
    expected: Expected

    @property
    def language(self) -> Language:
        """The language the contact is spoken to."""
        return self.context.language or ("es" if self.lang == "mixed" else self.lang)


def read_cases(lines: Iterable[str], *, name: str = "cases") -> tuple[Case, ...]:
    """The cases of a JSONL file; raises InvalidArguments that names the line and the field."""
    cases: list[Case] = []
    ids: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        case = _read(line, f"{name} line {number}")
        if case.id in ids:
            raise InvalidArguments(f"{name} line {number}: the id {case.id} is there twice")
        ids.add(case.id)
        cases.append(case)
    if not cases:
        raise InvalidArguments(f"{name}: there is no case in it; write one JSON object a line")
    return tuple(cases)


def shipped_cases(half: str) -> tuple[Case, ...]:
    """Our own cases, of one half."""
    path = files("interpreter_service.evaluation") / "data" / f"{half}.jsonl"
    return read_cases(path.read_text(encoding="utf-8").splitlines(), name=half)


def _read(line: str, where: str) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InvalidArguments(f"{where}: {field + ': ' if field else ''}{first['msg']}") from error
