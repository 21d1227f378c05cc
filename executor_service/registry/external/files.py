"""The registry of a process: its own tools and those from outside, as they stand now."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from executor_service.registry.context import Cancelled
from executor_service.registry.external.describing import Describer, Description
from executor_service.registry.external.pool import ChildPool
from executor_service.registry.external.problems import ToolProblem
from executor_service.registry.external.process import Child
from executor_service.registry.external.proxy import make_tool
from executor_service.registry.external.sources import Lookout, Seen, Source
from executor_service.registry.registry import Registry, join
from executor_service.registry.tool import Tool
from shared.logs import get_logger

LOOK_EVERY_SECONDS = 0.5
MAX_WORKERS = 4
STOP_SECONDS = 3.0
RESERVED_BOXES = frozenset({"flow"})
"""Names of boxes whose tools are made from data: published flows."""


class ToolFiles:
    """Watches folders and installed packages; a file that is broken takes only its own tools away."""

    def __init__(
        self,
        paths: Sequence[Path | str],
        builtin: tuple[Tool, ...],
        *,
        max_workers: int = MAX_WORKERS,
        look_every_seconds: float = LOOK_EVERY_SECONDS,
        env: Mapping[str, str] = os.environ,
    ) -> None:
        self._builtin = builtin
        self._look_every_seconds = look_every_seconds
        self._lookout = Lookout([Path(one) for one in paths])
        self._pool = ChildPool(lambda: Child(env), max_workers)
        self._stop = threading.Event()
        self._describer = Describer(lambda: Child(env), self._stop.is_set)
        self._thread = threading.Thread(target=self._keep_looking, name="tool-files", daemon=True)
        self._looking = threading.Lock()
        self._seen = Seen()
        self._described: dict[str, Description] = {}
        self._problems: tuple[ToolProblem, ...] = ()
        self._registry = join(builtin)

    def registry(self) -> Registry:
        """All tools as of the last look; another object once a file was changed, another etag once a tool was."""
        return self._registry

    def problems(self) -> tuple[ToolProblem, ...]:
        """What is wrong now, in order of files."""
        return self._problems

    def start(self) -> None:
        """Looks once, so that all tools are there, and then keeps looking in a thread."""
        self.look()
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and every child process; a tool that runs is cut off."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)
        self._pool.close()

    def look(self) -> None:
        """Takes in what has changed since the last look."""
        with self._looking:
            seen = self._lookout.look()
            if seen == self._seen:
                return
            changed = self._changed(seen)
            try:
                fresh = {one.source.origin: one for one in self._describer.describe(changed)}
            except Cancelled:
                return
            self._described = {one.origin: fresh.get(one.origin) or self._described[one.origin] for one in seen.sources}
            self._publish(seen, fresh.keys())

    def _changed(self, seen: Seen) -> list[Source]:
        """What must be described anew: everything when a helper changed, as nobody knows who imports it."""
        if seen.helpers != self._seen.helpers:
            return list(seen.sources)
        before = {one.origin: one for one in self._seen.sources}
        return [one for one in seen.sources if before.get(one.origin) != one]

    def _publish(self, seen: Seen, changed: Iterable[str]) -> None:
        tools, problems = _take(self._builtin, self._described.values(), self._pool)
        problems = [*seen.problems, *problems]
        known = frozenset(self._problems)
        new = [one for one in problems if one not in known or one.file in changed]
        self._pool.replace()
        self._registry = join((*self._builtin, *tools))
        self._problems = tuple(problems)
        self._seen = seen
        log = get_logger("executor")
        log.info("tool_files_read", files=len(seen.sources), tools=len(tools), problems=len(problems))
        for one in new:
            log.warning("tool_file_left_out", file=one.file, problem=one.sentence)

    def _keep_looking(self) -> None:
        while not self._stop.wait(self._look_every_seconds):
            try:
                self.look()
            except Exception:  # noqa: BLE001  outermost loop of the thread: logged, and tried again
                get_logger("executor").exception("tool_files_look_failed")


def _take(
    builtin: Iterable[Tool], described: Iterable[Description], pool: ChildPool
) -> tuple[list[Tool], list[ToolProblem]]:
    """The tools of all sources that have no problem; who comes first keeps a name."""
    taken = {one.name: "a built-in tool" for one in builtin}
    tools: list[Tool] = []
    problems: list[ToolProblem] = []
    for one in described:
        sentence = one.problem or _conflict(one, taken)
        if sentence:
            problems.append(ToolProblem(file=one.source.origin, sentence=sentence))
            continue
        taken |= {tool.name: one.source.origin for tool in one.tools}
        tools += [make_tool(tool, one.load, pool) for tool in one.tools]
    return tools, problems


def _conflict(one: Description, taken: Mapping[str, str]) -> str:
    names = [tool.name for tool in one.tools]
    for name in names:
        if name in taken:
            return f"The name {name} is taken by {taken[name]}."
        if names.count(name) > 1:
            return f"The name {name} is declared twice."
        if name.split(".", 1)[0] in RESERVED_BOXES:
            return f"The name {name} is reserved: no file may have a box called {name.split('.', 1)[0]}."
    return ""
