"""Whether scripts compile, as the isolated engine sees them. It reaches nothing, so that no name needs a ban."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, name_of


def scripts_compile(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        if node.data.type != "javascript" or config is None:
            continue
        problem = looked.around.script_problem(config.script)
        if problem is not None:
            yield Finding(key="bad_script", node_id=node.id, params={"node": name_of(node), "what": problem})
