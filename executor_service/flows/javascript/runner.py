"""Running a script: the parent's side, which trusts nothing that comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

CHILD = Path(__file__).with_name("child.py")
MAX_SCRIPT_CHARS = 20_000
MAX_RESULT_CHARS = 200_000
WALL_SECONDS = 15
"""Well above what the child allows itself (1 s of script, 3 s of processor): a busy machine starts it late."""
MAX_CHILDREN = 4


class ScriptFailed(Exception):
    """`code` is `syntax`, `failed`, `too_much`, `too_large`, `no_json` or `killed`; the message is for the drawer."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True)
class ScriptRunner:
    """Runs each script in a fresh child process, a few at a time."""

    places: BoundedSemaphore
    wall_seconds: float = WALL_SECONDS

    def run(self, script: str, arguments: Mapping[str, Any]) -> Any:
        """What the script returns, as JSON; `args` holds the arguments. Raises ScriptFailed."""
        return self._talk(script, arguments, compiles_only=False)

    def check(self, script: str) -> str | None:
        """Why the script does not compile, or None."""
        try:
            self._talk(script, {}, compiles_only=True)
        except ScriptFailed as error:
            return str(error)
        return None

    def _talk(self, script: str, arguments: Mapping[str, Any], *, compiles_only: bool) -> Any:
        if len(script) > MAX_SCRIPT_CHARS:
            raise ScriptFailed("too_large", f"a script has at most {MAX_SCRIPT_CHARS} characters")
        order = {
            "script": script,
            "arguments": arguments,
            "max_chars": MAX_RESULT_CHARS,
            "compiles_only": compiles_only,
        }
        with self.places:
            return _understood(self._child(json.dumps(order).encode()))

    def _child(self, order: bytes) -> bytes:
        try:
            ended = subprocess.run(  # noqa: S603  our own interpreter and file, no shell
                [sys.executable, "-I", str(CHILD)],
                input=order,
                capture_output=True,
                timeout=self.wall_seconds,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ScriptFailed("too_much", "the script took too long") from error
        if ended.returncode != 0:
            raise ScriptFailed("killed", "the script used more processor or memory than it may")
        return ended.stdout


def script_runner() -> ScriptRunner:
    return ScriptRunner(BoundedSemaphore(MAX_CHILDREN))


def _understood(said: bytes) -> Any:
    try:
        answer = json.loads(said)
        if "error" in answer:
            raise ScriptFailed(str(answer["error"]), str(answer["detail"]))
        return json.loads(answer["result"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ScriptFailed("no_json", "the script must return something that JSON knows") from error
