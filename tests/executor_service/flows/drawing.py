"""Flows drawn in one line a node, for tests."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from executor_service.flows.model import Edge, Flow, FlowNode, FlowSettings, FlowVersion, NodeData

Drawn = tuple[str, str, dict[str, Any]]


def draw(*nodes: Drawn, edges: tuple[str, ...] = (), settings: dict[str, Any] | None = None, **more: Any) -> Flow:
    """A flow of (id, kind, config); without `edges` each node leads to the next. Edges are `from[.exit]>to`."""
    chain = edges or tuple(f"{one[0]}>{two[0]}" for one, two in pairwise(nodes))
    return Flow(
        nodes=tuple(FlowNode(id=one, data=NodeData(type=kind, config=config)) for one, kind, config in nodes),
        edges=tuple(_edge(text) for text in chain),
        settings=FlowSettings(**(settings or {})),
        **more,
    )


def version_of(flow: Flow, flow_id: str = "flow", number: int = 1, description: str = "") -> FlowVersion:
    return FlowVersion(
        id=f"{flow_id}:{number}", flow_id=flow_id, number=number, name=flow_id, flow=flow, description=description
    )


def _edge(text: str) -> Edge:
    left, target = text.split(">")
    source, _, exit_name = left.partition(".")
    return Edge(id=text, source=source, target=target, sourceHandle=exit_name or "default")
