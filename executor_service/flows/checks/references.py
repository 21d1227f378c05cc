"""Whether what a flow names is there: other flows, nodes, tools, and the arguments that they want."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, name_of
from executor_service.flows.nodes.http_request import SECRET


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


def called_flows_take_what_they_get(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        called = looked.called(getattr(config, "flow_id", None) or "")
        if called is None or config is None:
            continue
        for name in sorted(set(config.arguments) - {one.name for one in called.flow.settings.arguments}):
            yield Finding(key="argument_unknown", node_id=node.id, params={"node": name_of(node), "name": name})


def error_flow_is_published(looked: Looked) -> Iterator[Finding]:
    goal = looked.flow.settings.error_flow_id
    if goal is not None and goal != looked.flow_id and looked.called(goal) is None:
        yield Finding(key="no_error_flow", params={"goal": goal})


def secrets_exist(looked: Looked) -> Iterator[Finding]:
    """Only headers of requests may name one."""
    for node in looked.flow.nodes:
        headers: dict[str, str] = getattr(looked.configs.get(node.id), "headers", {})
        named = {match[1] for value in headers.values() for match in SECRET.finditer(value)}
        for name in sorted(named):
            if not looked.around.has_secret(name):
                yield Finding(key="no_such_secret", node_id=node.id, params={"node": name_of(node), "name": name})


def files_exist(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        for one in getattr(looked.configs.get(node.id), "media", ()):
            if not looked.around.has_file(one.artifact_id):
                params = {"node": name_of(node), "file": one.filename}
                yield Finding(key="no_such_file", node_id=node.id, params=params)


def service_accounts_are_allowed(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        account = getattr(looked.configs.get(node.id), "account", "")
        if account and not looked.around.may_use_account(looked.flow_id, account):
            yield Finding(key="account_not_allowed", node_id=node.id, params={"node": name_of(node), "name": account})


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
