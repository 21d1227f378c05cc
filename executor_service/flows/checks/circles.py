"""Flows that call each other in a circle, with nobody to wait for on the way: they would never end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from executor_service.flows.checks.finding import Finding, Looked, name_of
from executor_service.flows.model import Flow

CALLS = ("call", "goto")


def flows_do_not_call_in_a_circle(looked: Looked) -> Iterator[Finding]:
    """A flow may call itself, or be called by one that it calls, after a question or a delay."""
    others = {one.flow_id: one.flow for one in looked.published if one.flow_id != looked.flow_id}
    flows = {**others, looked.flow_id: looked.flow}
    names = {one.flow_id: one.name for one in looked.published}
    known: dict[str, Mapping[str, str]] = {}
    for goal, node_id in _called_at_once(looked, looked.flow).items():
        way = _way(looked, flows, known, goal)
        if way is not None:
            passed = " → ".join(names.get(one, one) for one in way[:-1])
            params = {"node": name_of(looked.by_id[node_id]), "way": passed or name_of(looked.by_id[node_id])}
            yield Finding(key="call_circle", node_id=node_id, params=params)


def _way(
    looked: Looked, flows: Mapping[str, Flow], known: dict[str, Mapping[str, str]], start: str
) -> tuple[str, ...] | None:
    """The flows from `start` to the one under check, each called before anybody is waited for."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        here = way[-1]
        if here == looked.flow_id:
            return way
        if here not in seen and here in flows:
            seen.add(here)
            if here not in known:
                known[here] = _called_at_once(looked, flows[here])
            waiting += [(*way, goal) for goal in known[here]]
    return None


def _called_at_once(looked: Looked, flow: Flow) -> dict[str, str]:
    """Id of a flow that is called on a way from the start on which nothing waits → the node that calls it."""
    by_id = {node.id: node for node in flow.nodes}
    following: dict[str, list[str]] = {}
    for edge in flow.edges:
        following.setdefault(edge.source, []).append(edge.target)
    found: dict[str, str] = {}
    waiting = [node.id for node in flow.nodes if node.data.type == "trigger"]
    seen: set[str] = set()
    while waiting:
        node = by_id.get(waiting.pop())
        if node is None or node.id in seen:
            continue
        seen.add(node.id)
        config = node.data.config
        kind = looked.kind(node)
        if node.data.type == "delay" or (kind is not None and kind.waits and node.data.type != "tool"):
            continue
        if node.data.type in CALLS and isinstance(config.get("flow_id"), str):
            found.setdefault(config["flow_id"], node.id)
        waiting += following.get(node.id, ())
        if node.data.type in CALLS and isinstance(config.get("node_id"), str):
            waiting.append(config["node_id"])
    return found
