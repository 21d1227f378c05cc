"""Whether the variables that a flow reads were set on some way to where it reads them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from executor_service.flows.checks.finding import Finding, Looked, name_of
from executor_service.flows.checks.quality import following
from executor_service.flows.checks.written import written_at
from executor_service.flows.model import FlowNode

SCOPES = ("session", "local")
GIVEN = frozenset({"session.error", "local.error"})
"""What the engine sets itself when something fails."""


def variables_are_set_before_use(looked: Looked) -> Iterator[Finding]:
    """Called flows set variables of the session too: behind a call nothing is missed."""
    before = _set_before(looked)
    for node in looked.flow.nodes:
        known = before.get(node.id)
        if known is None or "*" in known:
            continue
        missing = sorted(name for name in _read_at(looked, node) if name not in known)
        for name in missing:
            yield Finding(
                key="unset_variable", severity="warning", node_id=node.id, params={"node": name_of(node), "name": name}
            )


def _set_before(looked: Looked) -> Mapping[str, frozenset[str]]:
    """By node, all that some way from a start may have set; nodes that no way leads to are left out."""
    given = GIVEN | {f"local.{one.name}" for one in looked.flow.settings.arguments}
    before: dict[str, frozenset[str]] = {}
    entries = [node.id for node in looked.flow.nodes if node.data.type == "trigger"]
    waiting = deque((entry, frozenset(given)) for entry in entries)
    after = {node.id: _set_at(looked, node) for node in looked.flow.nodes}
    while waiting:
        node_id, known = waiting.popleft()
        joined = before.get(node_id, frozenset()) | known
        if node_id in before and joined == before[node_id]:
            continue
        before[node_id] = joined
        waiting += [(target, joined | after[node_id]) for target in following(looked, looked.by_id[node_id])]
    return before


def _set_at(looked: Looked, node: FlowNode) -> frozenset[str]:
    config = looked.configs.get(node.id)
    if config is None or getattr(config, "flow_id", None) is not None:
        return frozenset({"*"})
    names = {_scoped(one.name) for one in getattr(config, "assignments", ())}
    variable = getattr(config, "variable", None)
    if isinstance(variable, str) and variable:
        names.add(_scoped(variable))
    if node.data.type == "loop":
        names |= {f"local.{config.item}", f"local.{config.item}_index"}
    if getattr(config, "node_id", None) is not None and node.data.type == "call":
        names.add("*")
    return frozenset(names)


def _read_at(looked: Looked, node: FlowNode) -> set[str]:
    """`session.name` and `local.name` that the texts and expressions of a node read; what it sets itself is there."""
    found: set[str] = set()
    for one in written_at(looked, node):
        inspect = looked.expressions.inspect_expression if one.is_expression else looked.expressions.inspect_text
        found |= {".".join(path.split(".")[:2]) for path in inspect(one.text).paths if path.startswith(SCOPES)}
    return {name for name in found if name.count(".") == 1 and name not in _set_at(looked, node)}


def _scoped(name: Any) -> str:
    text = str(name)
    return text if "." in text else f"session.{text}"
