"""Whether the drawing holds together: triggers, ids, edges, kinds, configs, sizes, cycles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, name_of
from executor_service.flows.model import DEFAULT_EXIT, SCHEMA_VERSION, FlowNode

MAX_NODES = 1_000
MAX_EDGES = 10_000
MAX_EXITS = 100


def has_nodes(looked: Looked) -> Iterator[Finding]:
    if not looked.flow.nodes:
        yield Finding(key="empty")


def has_a_trigger(looked: Looked) -> Iterator[Finding]:
    if looked.flow.nodes and not any(node.data.type == "trigger" for node in looked.flow.nodes):
        yield Finding(key="no_trigger")


def trigger_leads_on(looked: Looked) -> Iterator[Finding]:
    """Exactly one entry for each trigger."""
    for node in looked.flow.nodes:
        if node.data.type == "trigger" and len(looked.leaving[node.id]) != 1:
            yield Finding(key="trigger_entry", node_id=node.id, params={"node": name_of(node)})


def nothing_leads_to_a_trigger(looked: Looked) -> Iterator[Finding]:
    for edge in looked.flow.edges:
        target = looked.by_id.get(edge.target)
        if target is not None and target.data.type == "trigger":
            yield Finding(key="edge_to_trigger", node_id=target.id, params={"node": name_of(target)})


def ids_are_unique(looked: Looked) -> Iterator[Finding]:
    for node_id, count in Counter(node.id for node in looked.flow.nodes).items():
        if count > 1:
            yield Finding(key="same_id", node_id=node_id, params={"id": node_id})
    for edge_id, count in Counter(edge.id for edge in looked.flow.edges).items():
        if count > 1:
            yield Finding(key="same_id", params={"id": edge_id})


def options_are_unique(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        exits = looked.exits(node)
        for name, count in Counter(exits).items():
            if count > 1:
                yield Finding(key="same_exit", node_id=node.id, params={"node": name_of(node), "exit": name})


def edges_lead_somewhere(looked: Looked) -> Iterator[Finding]:
    for edge in looked.flow.edges:
        if edge.source not in looked.by_id or edge.target not in looked.by_id:
            source = looked.by_id.get(edge.source)
            yield Finding(
                key="edge_nowhere",
                node_id=source.id if source else None,
                params={"node": name_of(source) if source else edge.source},
            )


def edges_leave_by_known_exits(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        if node.id not in looked.configs:
            continue
        known = looked.exits(node)
        leaving = [edge.sourceHandle or DEFAULT_EXIT for edge in looked.leaving[node.id]]
        for name, count in Counter(leaving).items():
            params = {"node": name_of(node), "exit": name}
            if name not in known:
                yield Finding(key="unknown_exit", node_id=node.id, params=params)
            elif count > 1:
                yield Finding(key="exit_twice", node_id=node.id, params=params)


def kinds_are_known(looked: Looked) -> Iterator[Finding]:
    if looked.flow.schema_version > SCHEMA_VERSION:
        yield Finding(key="schema_version", params={"version": str(looked.flow.schema_version)})
    for node in looked.flow.nodes:
        if looked.kind(node) is None:
            yield Finding(key="unknown_kind", node_id=node.id, params={"node": name_of(node), "kind": node.data.type})


def has_a_bearable_size(looked: Looked) -> Iterator[Finding]:
    if len(looked.flow.nodes) > MAX_NODES:
        yield Finding(key="too_many_nodes", params={"most": str(MAX_NODES)})
    if len(looked.flow.edges) > MAX_EDGES:
        yield Finding(key="too_many_edges", params={"most": str(MAX_EDGES)})


def exits_are_bearable(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        if len(looked.exits(node)) > MAX_EXITS:
            yield Finding(key="too_many_exits", node_id=node.id, params={"node": name_of(node), "most": str(MAX_EXITS)})


def cycles_wait(looked: Looked) -> Iterator[Finding]:
    """Every cycle has a node that waits, or is the body of a loop that counts its rounds."""
    for node_id in _cycle_without_wait(looked):
        node = looked.by_id[node_id]
        yield Finding(key="endless", node_id=node_id, params={"node": name_of(node)})


def _cycle_without_wait(looked: Looked) -> list[str]:
    """One node of each cycle, found by taking away all that nothing endless leads to."""
    nodes = {node.id for node in looked.flow.nodes if not _breaks_cycles(looked, node)}
    following = {
        node_id: {target for target in _targets(looked, looked.by_id[node_id]) if target in nodes} for node_id in nodes
    }
    shrinking = True
    while shrinking:
        ending = {node_id for node_id in nodes if not following[node_id] & nodes}
        nodes -= ending
        shrinking = bool(ending)
    return sorted(node_id for node_id in nodes if _reaches(following, node_id, node_id))[:1]


def _targets(looked: Looked, node: FlowNode) -> set[str]:
    """Where a node leads: by its edges, and a goto by its config."""
    targets = {edge.target for edge in looked.leaving[node.id]}
    goal = getattr(looked.configs.get(node.id), "node_id", None) if node.data.type == "goto" else None
    return targets | ({goal} if isinstance(goal, str) and goal in looked.by_id else set())


def _breaks_cycles(looked: Looked, node: FlowNode) -> bool:
    kind = looked.kind(node)
    return node.data.type in ("delay", "loop") or (kind is not None and kind.waits and node.data.type != "tool")


def _reaches(following: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = list(following[start])
    while waiting:
        node_id = waiting.pop()
        if node_id == goal:
            return True
        if node_id not in seen:
            seen.add(node_id)
            waiting += following.get(node_id, ())
    return False


def background_does_not_wait(looked: Looked) -> Iterator[Finding]:
    if looked.flow.settings.start_mode != "background":
        return
    for node in looked.flow.nodes:
        kind = looked.kind(node)
        if kind is not None and kind.waits and node.data.type != "tool":
            yield Finding(key="background_waits", node_id=node.id, params={"node": name_of(node)})


def timeouts_have_an_exit(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        has_timeout = getattr(config, "timeout_seconds", None) is not None
        if has_timeout and node.data.type != "tool" and not looked.is_wired(node.id, "timeout"):
            yield Finding(key="timeout_exit", node_id=node.id, params={"node": name_of(node)})
