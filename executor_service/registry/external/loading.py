"""Importing what an author wrote, in the child, and describing the tools in it."""

from __future__ import annotations

import hashlib
import importlib
import sys
import traceback
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from executor_service.registry.external.messages import Described, Load, ParameterData, ToolData
from executor_service.registry.external.values import decode
from executor_service.registry.parameters import DeclarationError, Parameter
from executor_service.registry.semantic import Link, Period
from executor_service.registry.tool import Tool
from executor_service.registry.toolbox import Toolbox


def load(message: Load) -> Mapping[str, Tool]:
    """The tools in a file or an installed object, by name; raises whatever importing it raises."""
    if message.module:
        boxes = _boxes(_installed(message.module))
    else:
        boxes = _boxes(vars(_run(Path(message.path), decode(message.source))).values())
    tools = [tool for box in boxes for tool in box]
    if not tools:
        raise DeclarationError("no tool is declared here: make a Toolbox and put its @tool() over a function")
    return {tool.name: tool for tool in tools}


def describe(tools: Mapping[str, Tool]) -> Described:
    """The tools as data; raises ValueError for what is no tool."""
    return Described(tools=tuple(_tool(one) for one in tools.values()))


def explain(error: BaseException, message: Load) -> str:
    """One sentence for the author of what could not be loaded."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, DeclarationError):
        return str(error)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == message.path]
    place = f" (line {lines[-1]})" if lines else ""
    return f"{type(error).__name__}: {error}{place}"


def _run(path: Path, source: bytes) -> ModuleType:
    """The module of a file, made from the text that the executor read, so that what runs is what was described."""
    folder = str(path.parent)
    if folder not in sys.path:
        sys.path.append(folder)
    name = f"recado_tool_{path.stem}_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    module = sys.modules[name] = ModuleType(name)
    module.__file__ = str(path)
    exec(compile(source, str(path), "exec", dont_inherit=True), vars(module))  # noqa: S102  what a tool file is for
    return module


def _installed(name: str) -> Iterable[Any]:
    module_name, _, attribute = name.partition(":")
    module = importlib.import_module(module_name)
    return [getattr(module, attribute)] if attribute else vars(module).values()


def _boxes(values: Iterable[Any]) -> list[Toolbox]:
    return list({id(one): one for one in values if isinstance(one, Toolbox)}.values())


def _tool(tool: Tool) -> ToolData:
    return ToolData(
        name=tool.name,
        titles=dict(tool.titles),
        description=tool.description,
        parameters=tuple(_parameter(one) for one in tool.parameters),
        examples=dict(tool.examples),
        effect=tool.effect,
        groups=tool.groups,
        slow=tool.slow,
        lasting=tool.lasting,
        only_with=dict(tool.only_with),
        never_with=dict(tool.never_with),
        timeout_seconds=tool.timeout_seconds,
    )


def _parameter(one: Parameter) -> ParameterData:
    return ParameterData(
        name=one.name,
        kind=one.kind,
        description=one.description,
        required=one.required,
        default=_default(one.default),
        doctype=one.doctype,
        choices={value: dict(words) for value, words in one.choices.items()},
        words=dict(one.words),
        slot=one.slot,
        minimum=one.minimum,
        maximum=one.maximum,
    )


def _default(value: Any) -> Any:
    """A default as an argument would be given, before it is resolved."""
    if isinstance(value, Decimal):
        return str(value)
    return value.to_json() if isinstance(value, Period | Link) else value
