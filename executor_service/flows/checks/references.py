"""Whether what a flow names is there: other flows, nodes, tools, and the arguments that they want."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, name_of


def named_nodes_exist(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        goal = getattr(looked.configs.get(node.id), "node_id", None)
        if goal is not None and goal not in looked.by_id:
            yield Finding(key="no_such_node", node_id=node.id, params={"node": name_of(node), "goal": goal})


def called_flows_are_published(looked: Looked) -> Iterator[Finding]:
    """A flow may call itself."""
    for node in looked.flow.nodes:
        goal = getattr(looked.configs.get(node.id), "flow_id", None)
        if goal is not None and goal != looked.flow_id and looked.called(goal) is None:
            yield Finding(key="no_such_flow", node_id=node.id, params={"node": name_of(node), "goal": goal})


def called_flows_get_their_arguments(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        called = looked.called(getattr(config, "flow_id", None) or "")
        if called is None or config is None:
            continue
        wanted = {one.name for one in called.flow.settings.arguments if one.required}
        for name in sorted(wanted - set(config.arguments)):
            yield Finding(key="argument_missing", node_id=node.id, params={"node": name_of(node), "name": name})


def tools_exist_and_get_their_arguments(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        if node.data.type != "tool" or config is None:
            continue
        schema = looked.tools.get(config.tool)
        if schema is None:
            yield Finding(key="no_such_tool", node_id=node.id, params={"node": name_of(node), "tool": config.tool})
            continue
        for name in schema.get("required", ()):
            if name not in config.arguments:
                yield Finding(key="argument_missing", node_id=node.id, params={"node": name_of(node), "name": name})
        for name in config.arguments:
            if name not in schema.get("properties", {}):
                yield Finding(key="argument_unknown", node_id=node.id, params={"node": name_of(node), "name": name})
