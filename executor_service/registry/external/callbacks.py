"""What a tool in a child may ask of its context, answered with the rights of the asking person."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from executor_service.registry.context import Cancelled, ToolContext
from executor_service.registry.external.failures import CallRefused, pack
from executor_service.registry.external.messages import Answer, Ask, Raised
from executor_service.registry.external.process import ChildLost
from executor_service.registry.external.remote import DATABASE_METHODS, ERP_METHODS
from executor_service.registry.external.values import decode, encode
from shared.contracts.tools import Effect
from shared.errors import RecadoError

ERP_WRITES = frozenset({"insert", "update", "submit", "cancel", "delete", "attach", "act"})


def answer(ask: Ask, context: ToolContext, effect: Effect) -> Answer | Raised:
    """What the asked method gives or raises; a method that is not open to the tool is refused.

    Raises ChildLost when the question itself makes no sense; an error that is our bug is not caught.
    """
    positional, named = _arguments(ask)
    try:
        method = _method(ask.what, context, effect)
        _check_fits(ask.what, method, positional, named)
        return Answer(value=encode(method(*positional, **named)))
    except (RecadoError, Cancelled, CallRefused) as error:
        return pack(error)


def _arguments(ask: Ask) -> tuple[list[Any], dict[str, Any]]:
    try:
        return [decode(one) for one in ask.positional], {name: decode(value) for name, value in ask.named.items()}
    except ValueError as error:
        raise ChildLost("the process asked something that makes no sense") from error


def _method(what: str, context: ToolContext, effect: Effect) -> Callable[..., Any]:
    place, _, name = what.partition(".")
    if place == "erp" and name in ERP_METHODS:
        if name in ERP_WRITES and effect == "read":
            raise CallRefused(f'{what}: a tool that writes must be declared with effect="write"')
        method: Callable[..., Any] = getattr(context.erp, name)
        return method
    if place == "database" and name in DATABASE_METHODS:
        question: Callable[..., Any] = getattr(context.database, name)
        return question
    others: dict[str, Callable[..., Any]] = {
        "now": context.now,
        "progress": context.progress,
        "files.save": context.files.save,
        "files.open": lambda artifact_id: _content(context, artifact_id),
    }
    if what not in others:
        raise CallRefused(f"{what}: a tool has no such method")
    return others[what]


def _check_fits(what: str, method: Callable[..., Any], positional: list[Any], named: dict[str, Any]) -> None:
    try:
        inspect.signature(method).bind(*positional, **named)
    except TypeError as error:
        raise CallRefused(f"{what}: {error}") from error


def _content(context: ToolContext, artifact_id: str) -> bytes:
    with context.files.open(artifact_id) as file:
        return file.read()
