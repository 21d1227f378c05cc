"""Parameters of tools: from a function's signature or a report's file, one description and one JSON Schema."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from executor_service.registry.semantic import (
    Call,
    ItemLines,
    Link,
    LinkTo,
    Money,
    Period,
    Quantity,
    Result,
    WholeMessage,
)
from shared.contracts.base import Json, Language

Kind = Literal[
    "text", "integer", "number", "boolean", "choice", "period", "link", "money", "quantity", "call", "result"
]
KINDS: Mapping[Any, Kind] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    Period: "period",
    Link: "link",
    Money: "money",
    Quantity: "quantity",
    Call: "call",
    Result: "result",
}
Words = Mapping[Language, tuple[str, ...]]


class DeclarationError(TypeError):
    """A tool is declared wrongly; the message says what and where."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What people say before or for a parameter, per language; put into `Annotated[...]`."""

    es: tuple[str, ...] = ()
    pt: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChoiceWords:
    """What people say for the values of a `Literal`, per language; put into `Annotated[...]`.

    `ChoiceWords({"Quantity": {"es": ("cantidad", "unidades")}})`
    """

    by_value: Mapping[str, Words]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter. `choices` are the allowed values of a choice, with what people say for each."""

    name: str
    kind: Kind
    description: str = ""
    required: bool = False
    default: Any = None
    doctype: str = ""
    choices: Mapping[str, Words] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    slot: str = ""
    minimum: int | None = None
    maximum: int | None = None

    def schema(self) -> Json:
        """Its JSON Schema with our `x-` annotations."""
        schema = {**_TYPES[self.kind], "description": self.description}
        if self.kind == "choice":
            schema |= {"enum": list(self.choices), "x-words": {value: _plain(w) for value, w in self.choices.items()}}
        elif self.words:
            schema["x-words"] = _plain(self.words)
        if self.doctype:
            schema["x-doctype"] = self.doctype
        if self.slot:
            schema["x-slot"] = self.slot
        for key, limit in (("minimum", self.minimum), ("maximum", self.maximum)):
            if limit is not None:
                schema[key] = limit
        if not self.required and isinstance(self.default, str | int | float | bool):
            schema["default"] = self.default
        return schema


_PERIOD = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"}},
            "required": ["from", "to"],
            "additionalProperties": False,
        },
    ],
    "x-semantic": "period",
}
_LINK = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"doctype": {"type": "string"}, "name": {"type": "string"}},
            "required": ["doctype", "name"],
            "additionalProperties": False,
        },
    ],
    "x-semantic": "link",
}
_CALL = {
    "type": "object",
    "properties": {"tool": {"type": "string"}, "arguments": {"type": "object"}},
    "required": ["tool", "arguments"],
    "additionalProperties": False,
    "x-semantic": "call",
}
_TYPES: Mapping[Kind, Json] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "choice": {"type": "string"},
    "period": _PERIOD,
    "link": _LINK,
    "money": {"type": "string", "x-semantic": "money"},
    "quantity": {"type": "string", "x-semantic": "quantity"},
    "call": _CALL,
    "result": {"type": "string", "x-semantic": "result"},
}


def object_schema(parameters: tuple[Parameter, ...]) -> Json:
    """The JSON Schema of a tool's arguments."""
    return {
        "type": "object",
        "properties": {one.name: one.schema() for one in parameters},
        "required": [one.name for one in parameters if one.required],
        "additionalProperties": False,
    }


def parameters_of(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The parameters in a tool's signature, after the context. Raises DeclarationError for what is not typed."""
    hints = typing.get_type_hints(function, include_extras=True)
    names = list(inspect.signature(function).parameters.values())
    if not names:
        raise DeclarationError(f"{function.__name__}: the first parameter must be the context")
    return tuple(_parameter(function.__name__, one, hints) for one in names[1:])


def _parameter(tool: str, one: inspect.Parameter, hints: Mapping[str, Any]) -> Parameter:
    if one.name not in hints:
        raise DeclarationError(f"{tool}: parameter {one.name!r} has no type")
    hint, notes = _unwrap(hints[one.name])
    info = next((note for note in notes if isinstance(note, FieldInfo)), None)
    words = next((note for note in notes if isinstance(note, Spoken)), Spoken())
    link = next((note for note in notes if isinstance(note, LinkTo)), None)
    choices = _choices(hint, notes)
    kind: Kind | None = "choice" if choices else KINDS.get(hint)
    if kind is None:
        raise DeclarationError(f"{tool}: parameter {one.name!r} has type {hint!r}, which no tool can take")
    if kind == "link" and link is None:
        raise DeclarationError(f'{tool}: parameter {one.name!r} must say its doctype, e.g. Link["Customer"]')
    required = one.default is inspect.Parameter.empty
    return Parameter(
        name=one.name,
        kind=kind,
        description=(info.description if info and info.description else "") or one.name.replace("_", " "),
        required=required,
        default=None if required else one.default,
        doctype=link.doctype if link else "",
        choices=choices,
        words={"es": words.es, "pt": words.pt, "en": words.en} if words != Spoken() else {},
        slot=_slot(one.name, notes),
        minimum=_bound(info, Ge, "ge"),
        maximum=_bound(info, Le, "le"),
    )


def _slot(name: str, notes: tuple[Any, ...]) -> str:
    """How a number or text is said: `top` rows, `lines` of goods, the whole `message`."""
    if any(isinstance(note, ItemLines) for note in notes):
        return "lines"
    if any(isinstance(note, WholeMessage) for note in notes):
        return "message"
    return "top" if name in ("top", "limit") else ""


def _choices(hint: Any, notes: tuple[Any, ...]) -> dict[str, Words]:
    if get_origin(hint) is not Literal:
        return {}
    said = next((note.by_value for note in notes if isinstance(note, ChoiceWords)), {})
    return {str(value): said.get(str(value), {}) for value in get_args(hint)}


def _bound(info: FieldInfo | None, kind: type[Ge] | type[Le], attribute: str) -> int | None:
    """The limit that `Field(ge=...)` or `Field(le=...)` sets."""
    notes = info.metadata if info else ()
    return next((int(getattr(note, attribute)) for note in notes if isinstance(note, kind)), None)


def _unwrap(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """The bare type and its annotations, without `| None`."""
    notes: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is typing.Annotated:
            hint, *more = get_args(hint)
            notes += tuple(more)
        elif get_origin(hint) in (Union, types.UnionType):
            inner = [arg for arg in get_args(hint) if arg is not type(None)]
            if len(inner) != 1:
                return hint, notes
            hint = inner[0]
        else:
            return hint, notes


def _plain(words: Words) -> Json:
    return {language: list(some) for language, some in words.items()}
