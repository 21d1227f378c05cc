"""Whether scripts compile, each asked of the isolated engine once."""

from __future__ import annotations

import threading
from collections import OrderedDict

from executor_service.flows.javascript.runner import ScriptRunner

KEPT_SCRIPTS = 500
SYNTAX = "SyntaxError"


class ScriptChecks:
    """Keeps what the engine said of a script; not that it had no time or memory, which may be another's fault."""

    def __init__(self, runner: ScriptRunner) -> None:
        self._runner = runner
        self._mutex = threading.Lock()
        self._kept: OrderedDict[str, str | None] = OrderedDict()

    def problem(self, script: str) -> str | None:
        """Why it does not compile, or None."""
        with self._mutex:
            if script in self._kept:
                self._kept.move_to_end(script)
                return self._kept[script]
        found = self._runner.check(script)
        if found is None or SYNTAX in found:
            with self._mutex:
                self._kept[script] = found
                while len(self._kept) > KEPT_SCRIPTS:
                    self._kept.popitem(last=False)
        return found
