"""The flows that are measured."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from executor_service.flows.model import Edge, Flow, FlowNode, FlowVersion, NodeData

CHAIN_NODES = 20
Drawn = tuple[str, str, dict[str, Any]]


def chain() -> Flow:
    """Twenty nodes: variables with expressions, comparisons, and two messages."""
    nodes: list[Drawn] = []
    for place in range(CHAIN_NODES):
        if place % 10 == 9:
            nodes.append((f"n{place}", "message", {"text": "{{ session.n }}: {{ contact.id }}"}))
        elif place % 3 == 2:
            nodes.append((f"n{place}", "condition", {"expression": "session.n >= 0"}))
        else:
            value = {"name": "session.n", "expression": "(session.n or 0) + 1"}
            nodes.append((f"n{place}", "set_variable", {"assignments": [value]}))
    return _line(nodes)


def talk() -> Flow:
    """A question that is asked again and again."""
    again = Edge(id="again", source="thanks", target="ask")
    line = _line(
        [("ask", "wait_input", {"text": "And?"}), ("thanks", "message", {"text": "Noted: {{ session.answer }}"})]
    )
    return line.model_copy(update={"edges": (*line.edges, again)})


def delayed() -> Flow:
    return _line([("wait", "delay", {"seconds": 86_400}), ("awake", "message", {"text": "Good morning"})])


def keyword(number: int) -> FlowVersion:
    """The one of many flows that a word starts; of a hundred, two by a pattern."""
    kinds = ("exact", "first_word", "contains_word", "starts_with")
    match = "regex" if number % 50 == 49 else kinds[number % 4]
    word = {"regex": rf"^order-{number}\b", "exact": f"word{number} of {number}"}.get(match, f"word{number}")
    trigger = {"kind": "keyword", "words": [word], "match": match}
    flow = Flow(nodes=(_node(("start", "trigger", trigger)), _node(("end", "end", {}))), edges=(_edge("start", "end"),))
    return FlowVersion(id=f"v{number}", flow_id=f"f{number}", number=1, name=f"Flow {number}", flow=flow)


def _line(nodes: Sequence[Drawn]) -> Flow:
    drawn: list[Drawn] = [("start", "trigger", {"kind": "manual"}), *nodes]
    edges = []
    for (source, kind, _), (target, _, _) in pairwise(drawn):
        edges.append(_edge(source, target, "true" if kind == "condition" else "default"))
    return Flow(nodes=tuple(map(_node, drawn)), edges=tuple(edges))


def _node(drawn: Drawn) -> FlowNode:
    return FlowNode(id=drawn[0], data=NodeData(type=drawn[1], config=drawn[2]))


def _edge(source: str, target: str, exit_name: str = "default") -> Edge:
    return Edge(id=f"{source}>{target}", source=source, target=target, sourceHandle=exit_name)
