"""The registry's tools as the interpreter holds them, made again only when the registry's tag changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from interpreter_service.offline.index import ToolIndex
from shared.apis import ExecutorApi
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import Profile


@dataclass(frozen=True)
class Toolbox:
    """One state of the registry: tools by name and the index that finds them by what people say."""

    etag: str
    tools: Mapping[str, ToolSpec]
    index: ToolIndex


class Tools:
    """Gives the present toolbox; making the index takes long, so one thread makes it and the others wait."""

    def __init__(self, executor: ExecutorApi) -> None:
        self._executor = executor
        self._mutex = threading.Lock()
        self._box: Toolbox | None = None

    def now(self) -> Toolbox:
        listed = self._executor.tools()
        box = self._box
        if box is not None and box.etag == listed.etag:
            return box
        with self._mutex:
            if self._box is None or self._box.etag != listed.etag:
                tools = {tool.name: tool for tool in listed.tools}
                self._box = Toolbox(listed.etag, tools, ToolIndex(listed.tools))
            return self._box


def may_use(tool: ToolSpec, profile: Profile) -> bool:
    """Whether a tool is worth offering to a person; the executor decides again when it is called."""
    return not tool.groups or bool(set(tool.groups) & set(profile.groups))
