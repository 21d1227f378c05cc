"""What our process and a tool's process say to each other."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from executor_service.registry.parameters import Kind
from shared.contracts.base import Contract, Json, Language
from shared.contracts.results import Result
from shared.contracts.tools import Effect

MAX_TOOL_SECONDS = 3600
MAX_TOOLS_PER_FILE = 100
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=4000)]
Words = dict[Language, tuple[Short, ...]]


class ParameterData(Contract):
    """A `Parameter` as data."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,59}$")]
    kind: Kind
    description: Long = ""
    required: bool = False
    default: bool | int | float | str | dict[str, str] | None = None
    doctype: Short = ""
    choices: dict[Short, Words] = Field(default_factory=dict)
    words: Words = Field(default_factory=dict)
    slot: Short = ""
    minimum: int | None = None
    maximum: int | None = None


class ToolData(Contract):
    """A `Tool` as data, without its function."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*\.[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
    titles: dict[Language, Short]
    description: Long
    parameters: tuple[ParameterData, ...] = Field(max_length=50)
    examples: dict[Language, tuple[Short, ...]]
    effect: Effect
    groups: tuple[Short, ...]
    slow: bool
    timeout_seconds: float = Field(gt=0, le=MAX_TOOL_SECONDS)
    lasting: bool = False
    only_with: dict[Language, tuple[Short, ...]] = Field(default_factory=dict)
    never_with: dict[Language, tuple[Short, ...]] = Field(default_factory=dict)


class Surroundings(Contract):
    """What the context of a call says without being asked."""

    language: Language
    time_zone: str
    today: date
    company: str
    currency: str
    has_database: bool = False


class Load(Contract):
    """To the child: import this file (`path`, `source`) or this installed object (`module`), and describe its tools."""

    kind: Literal["load"] = "load"
    key: str
    path: str = ""
    source: Any = None
    module: str = ""


class Call(Contract):
    """To the child: run a tool of something loaded before."""

    kind: Literal["call"] = "call"
    key: str
    tool: str
    arguments: Json
    surroundings: Surroundings


class Answer(Contract):
    """To the child: what a method of the context gave."""

    kind: Literal["answer"] = "answer"
    value: Any = None


class Described(Contract):
    """From the child: the tools it loaded."""

    kind: Literal["described"] = "described"
    tools: tuple[ToolData, ...] = Field(max_length=MAX_TOOLS_PER_FILE)


class Ask(Contract):
    """From the child: a running tool uses a method of its context."""

    kind: Literal["ask"] = "ask"
    what: str
    positional: tuple[Any, ...] = ()
    named: Json = Field(default_factory=dict)


class Returned(Contract):
    """From the child: the tool ended."""

    kind: Literal["returned"] = "returned"
    value: Result | str | tuple[Result, ...] | None = None


class Raised(Contract):
    """Both ways: it failed. `codes` are those of the error tree, most special first; none for any other error."""

    kind: Literal["raised"] = "raised"
    codes: tuple[str, ...] = ()
    detail: str = ""
    params: dict[str, str] = Field(default_factory=dict)
    errors: tuple[dict[str, str], ...] = ()
    retry_after_seconds: float | None = None
    traceback: str = ""
    is_cancelled: bool = False


ToChild = Load | Call | Answer | Raised
FromChild = Described | Ask | Returned | Raised
TO_CHILD: TypeAdapter[ToChild] = TypeAdapter(Annotated[ToChild, Field(discriminator="kind")])
FROM_CHILD: TypeAdapter[FromChild] = TypeAdapter(Annotated[FromChild, Field(discriminator="kind")])
