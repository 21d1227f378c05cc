"""The config of a node in the session's language: the drawn one with that language's overrides, validated once."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from executor_service.flows.errors import SessionFailed
from executor_service.flows.model import FlowNode, FlowVersion
from executor_service.flows.node import AnyNode, Config, Nodes
from shared.contracts.base import Json, Language


def kind_of(nodes: Nodes, node: FlowNode) -> AnyNode:
    """Raises SessionFailed for a kind that nobody registered."""
    kind = nodes.find(node.data.type)
    if kind is None:
        raise SessionFailed(f"node {node.id}: no kind of node is called {node.data.type!r}")
    return kind


def config_of(kind: AnyNode, version: FlowVersion, node: FlowNode, language: Language) -> Any:
    """The validated config, kept with the version; raises SessionFailed for one that does not fit."""
    key = (node.id, language)
    kept = version.configs.get(key)
    if kept is None:
        kept = version.configs[key] = _validated(kind, version, node, language)
    return kept


def translated(config: Json, overrides: dict[str, str]) -> Json:
    """A copy with texts replaced at dotted paths; a path that leads nowhere is left out."""
    made = copy.deepcopy(config)
    for path, text in overrides.items():
        _put(made, path.split("."), text)
    return made


def _validated(kind: AnyNode, version: FlowVersion, node: FlowNode, language: Language) -> Config:
    overrides = version.flow.translations.get(language, {}).get(node.id)
    config = translated(node.data.config, overrides) if overrides else node.data.config
    try:
        made: Config = kind.config.model_validate(config)
    except ValidationError as error:
        where = ", ".join(".".join(map(str, one["loc"])) for one in error.errors(include_input=False))
        raise SessionFailed(f"node {node.id}: its config does not fit at {where or 'its top'}") from error
    return made


def _put(inside: Any, path: list[str], text: str) -> None:
    for step in path[:-1]:
        inside = _at(inside, step)
    last = path[-1]
    if isinstance(inside, dict) and last in inside:
        inside[last] = text
    elif isinstance(inside, list) and last.isdigit() and int(last) < len(inside):
        inside[int(last)] = text


def _at(inside: Any, step: str) -> Any:
    if isinstance(inside, dict):
        return inside.get(step)
    if isinstance(inside, list) and step.isdigit() and int(step) < len(inside):
        return inside[int(step)]
    return None
