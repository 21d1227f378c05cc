"""The one list of tools a process knows, with the tag that changes when any of them does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from executor_service.registry.parameters import DeclarationError
from executor_service.registry.tool import DEFAULT_TIMEOUT_SECONDS, Tool
from shared.contracts.tools import ToolSpec
from shared.errors import UnknownTool


@dataclass(frozen=True)
class Registry:
    """Tools by name. Make it with `join`; a changed set of tools is a new registry."""

    by_name: Mapping[str, Tool]
    etag: str
    tools: tuple[ToolSpec, ...]

    def timeout_of(self, name: str) -> float:
        """The limit in seconds of a tool; of one that is gone, the default, since its task only has to fail."""
        tool = self.by_name.get(name)
        return tool.timeout_seconds if tool else DEFAULT_TIMEOUT_SECONDS

    def get(self, name: str) -> Tool:
        try:
            return self.by_name[name]
        except KeyError:
            raise UnknownTool(f"there is no tool called {name!r}", tool=name) from None


def join(tools: Iterable[Tool]) -> Registry:
    """A registry of all these tools; a name taken twice raises DeclarationError and nothing is joined."""
    by_name: dict[str, Tool] = {}
    for tool in tools:
        if tool.name in by_name:
            raise DeclarationError(f"{tool.name}: declared twice")
        by_name[tool.name] = tool
    specs = tuple(by_name[name].spec for name in sorted(by_name))
    digest = hashlib.sha256("\n".join(spec.model_dump_json() for spec in specs).encode())
    return Registry(by_name=by_name, etag=digest.hexdigest()[:32], tools=specs)
