"""From sources to descriptions of their tools, by a child process that lives only for that."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from executor_service.registry.external.failures import CallRefused, pack
from executor_service.registry.external.messages import Ask, Described, Load, Raised, ToolData
from executor_service.registry.external.process import Child, ChildLost
from executor_service.registry.external.sources import MAX_SOURCE_BYTES, Source
from executor_service.registry.external.talk import Limits, talk
from executor_service.registry.external.values import encode
from shared.errors import TimeLimitExceeded

DESCRIBE_SECONDS = 5.0
"""How long importing one file may take."""
MAX_SENTENCE = 300


class BadSource(Exception):
    """What an author did wrong, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Description:
    """The tools of a source, or in `problem` why there are none."""

    source: Source
    load: Load
    tools: tuple[ToolData, ...] = ()
    problem: str = ""


class Describer:
    """Describes sources one after the other; `close` ends its child."""

    def __init__(self, start_child: Callable[[], Child], is_stopping: Callable[[], bool]) -> None:
        self._start_child = start_child
        self._is_stopping = is_stopping
        self._child: Child | None = None

    def describe(self, sources: Iterable[Source]) -> list[Description]:
        """Raises Cancelled when it is to stop."""
        try:
            return [self._describe(one) for one in sources]
        finally:
            self._close()

    def _describe(self, source: Source) -> Description:
        try:
            load = _load(source)
            return Description(source=source, load=load, tools=self._tools(load))
        except (OSError, ChildLost, TimeLimitExceeded, BadSource) as error:
            self._close_after(error)
            return Description(source=source, load=Load(key=""), problem=_sentence(error))

    def _tools(self, load: Load) -> tuple[ToolData, ...]:
        self._child = self._child or self._start_child()
        limits = Limits(deadline=time.monotonic() + DESCRIBE_SECONDS, is_cancelled=self._is_stopping)
        end = talk(self._child, load, limits, _refuse)
        if isinstance(end, Described):
            return end.tools
        raise BadSource(end.detail if isinstance(end, Raised) else "It cannot be described.")

    def _close_after(self, error: Exception) -> None:
        if isinstance(error, ChildLost | TimeLimitExceeded):
            self._close()

    def _close(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None


def _load(source: Source) -> Load:
    if source.path is None:
        return Load(key=f"{source.origin} {source.stamp}", module=source.module)
    with source.path.open("rb") as file:
        text = file.read(MAX_SOURCE_BYTES + 1)
    if len(text) > MAX_SOURCE_BYTES:
        raise BadSource(f"The file is larger than {MAX_SOURCE_BYTES} bytes.")
    digest = hashlib.sha256(text).hexdigest()
    return Load(key=f"{source.origin} {digest}", path=str(source.path), source=encode(text))


def _refuse(ask: Ask) -> Raised:
    return pack(CallRefused(f"{ask.what}: only a running tool may use its context"))


def _sentence(error: Exception) -> str:
    if isinstance(error, TimeLimitExceeded):
        return f"Importing it took longer than {DESCRIBE_SECONDS:g} seconds."
    if isinstance(error, ChildLost):
        return f"Importing it failed: {error}."
    if isinstance(error, OSError):
        return f"It cannot be read: {error.strerror}."
    return " ".join(str(error).split())[:MAX_SENTENCE]
