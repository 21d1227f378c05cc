"""Whether the templates, expressions and patterns of a config can be computed; and that no secret is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from executor_service.flows.checks.finding import Finding, Looked, name_of
from executor_service.flows.model import FlowNode
from executor_service.flows.nodes.http_request import SECRET
from executor_service.flows.patterns import PatternRefused, pattern

EXPRESSIONS = frozenset({"arguments", "results"})
"""Fields that map names to expressions, where they are `dict[str, str]`."""


@dataclass(frozen=True)
class Written:
    """A text of a config that is rendered or computed; `where` is its dotted path."""

    where: str
    text: str
    is_expression: bool = False


def expressions_can_be_computed(looked: Looked) -> Iterator[Finding]:
    """Syntax, unknown filters, tests and functions, wrong numbers of arguments; in translations too."""
    for node in looked.flow.nodes:
        for one in written_at(looked, node):
            inspect = looked.expressions.inspect_expression if one.is_expression else looked.expressions.inspect_text
            found = inspect(one.text)
            params = {"node": name_of(node), "where": one.where}
            if found.problem is not None:
                yield Finding(key="bad_expression", node_id=node.id, params={**params, "what": found.problem})
            elif "secret" in found.scopes():
                yield Finding(key="secret_said", node_id=node.id, params=params)


def patterns_are_safe(looked: Looked) -> Iterator[Finding]:
    """Regular expressions of comparisons; those that an expression gives are looked at when they are used."""
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        for one in (*getattr(config, "comparisons", ()), *getattr(config, "cases", ())):
            text = getattr(one, "right", "") or getattr(one, "value", "")
            if one.operator != "regex" or "{" + "{" in text:
                continue
            try:
                pattern(text)
            except PatternRefused as error:
                params = {"node": name_of(node), "pattern": text, "what": str(error)}
                yield Finding(key="bad_pattern", node_id=node.id, params=params)


def written_in(config: BaseModel, where: str = "") -> Iterator[Written]:
    """All texts of a config that hold expressions, with those inside of it."""
    for name, field in type(config).model_fields.items():
        path = f"{where}{name}"
        yield from _of_field(field, name, path, getattr(config, name))


def written_at(looked: Looked, node: FlowNode) -> Iterator[Written]:
    """All that a node renders or computes, in its translations too."""
    config = looked.configs.get(node.id)
    if config is None:
        return
    for one in written_in(config):
        if one.text and (one.is_expression or "{" in one.text):
            yield _without_header_secrets(node, one)
    for language, overrides in looked.flow.translations.items():
        for path, text in overrides.get(node.id, {}).items():
            if "{" in text:
                yield Written(f"{path} ({language})", text)


def _without_header_secrets(node: FlowNode, one: Written) -> Written:
    """Headers of requests are the one place where a secret may stand."""
    is_header = node.data.type == "http_request" and one.where.startswith("headers.")
    return replace(one, text=SECRET.sub("", one.text)) if is_header else one


def _of_field(field: FieldInfo, name: str, path: str, value: Any) -> Iterator[Written]:
    extra = field.json_schema_extra
    format_ = extra.get("format") if isinstance(extra, dict) else None
    is_named = name in EXPRESSIONS and field.annotation == dict[str, str]
    if format_ == "expression" or is_named:
        yield from _texts(path, value, is_expression=True)
    elif format_ == "template" or isinstance(value, dict):
        yield from _texts(path, value, is_expression=False)
    elif isinstance(value, BaseModel):
        yield from written_in(value, f"{path}.")
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            if isinstance(one, BaseModel):
                yield from written_in(one, f"{path}.{place}.")


def _texts(path: str, value: Any, *, is_expression: bool) -> Iterator[Written]:
    if isinstance(value, str):
        yield Written(path, value, is_expression)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(f"{path}.{name}", one, is_expression=is_expression)
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            yield from _texts(f"{path}.{place}", one, is_expression=is_expression)
