"""Which published flows people and models may start by asking, and what such a tool is called. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from executor_service.flows.frames import entry_of
from executor_service.flows.model import FlowVersion
from shared.language.folding import fold

FLOW_BOX = "flow"
MAX_NAME_CHARS = 60
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")


def is_offered(version: FlowVersion) -> bool:
    """A flow says what it is for, asks beforehand for nothing that nobody can say, and acts as its contact alone."""
    wants_json = any(one.type == "json" and one.required for one in version.flow.settings.arguments)
    has_account = any(node.data.type == "tool" and node.data.config.get("account") for node in version.flow.nodes)
    is_fit = entry_of(version) is not None and not wants_json and not has_account
    return bool(version.description.strip()) and is_fit


def tool_names(versions: Iterable[FlowVersion]) -> dict[str, str]:
    """Id of a flow → `flow.<name>`. Of several with one name the flow that was made first keeps it."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for version in sorted(versions, key=lambda one: one.flow_id):
        verb = _NOT_A_NAME.sub("_", fold(version.name)).strip("_")
        verb = verb if verb[:1].isalpha() else f"flow_{verb}".rstrip("_")
        name, number = _cut(verb, ""), 2
        while name in taken:
            name, number = _cut(verb, f"_{number}"), number + 1
        taken.add(name)
        names[version.flow_id] = name
    return names


def is_flow(tool_name: str) -> bool:
    """Whether the tool starts a flow; a node calls a flow by the node for that, not by its tool."""
    return tool_name.startswith(f"{FLOW_BOX}.")


def _cut(verb: str, end: str) -> str:
    room = MAX_NAME_CHARS - len(FLOW_BOX) - 1 - len(end)
    return f"{FLOW_BOX}.{verb[:room].rstrip('_')}{end}"
