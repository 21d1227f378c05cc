"""A tool of a file as a `Tool` like any other; its handler has a child process do the work."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from executor_service.registry.context import RunningContext, ToolContext
from executor_service.registry.external.callbacks import answer
from executor_service.registry.external.failures import ToolBroke, unpack
from executor_service.registry.external.messages import Call, Load, Raised, Returned, Surroundings, ToolData
from executor_service.registry.external.pool import ChildPool
from executor_service.registry.external.process import Child, ChildLost
from executor_service.registry.external.talk import End, Limits, talk
from executor_service.registry.external.values import encode
from executor_service.registry.parameters import Parameter
from executor_service.registry.tool import Returned as ToolReturned
from executor_service.registry.tool import Tool
from shared.errors import TemporaryError, TimeLimitExceeded, UnknownOutcome

GRACE_SECONDS = 15
"""The runner's limit for these tools comes so much later than their own: it is needed only if ours fails."""


def make_tool(data: ToolData, load: Load, pool: ChildPool) -> Tool:
    """The tool that `data` describes and `load` brings into a child."""
    return Tool(
        name=data.name,
        titles=data.titles,
        description=data.description,
        parameters=tuple(Parameter(**one.model_dump()) for one in data.parameters),
        handler=RemoteHandler(data=data, load=load, pool=pool),
        examples=data.examples,
        effect=data.effect,
        groups=data.groups,
        slow=data.slow,
        lasting=data.lasting,
        only_with=data.only_with,
        never_with=data.never_with,
        timeout_seconds=data.timeout_seconds + GRACE_SECONDS,
    )


@dataclass(frozen=True, kw_only=True)
class RemoteHandler:
    """Runs one tool in a child of the pool."""

    data: ToolData
    load: Load = field(repr=False)
    pool: ChildPool = field(repr=False)

    def __call__(self, context: RunningContext, **arguments: Any) -> ToolReturned:
        """What the tool gives; raises what it raises, TimeLimitExceeded, Cancelled, or ToolBroke for its own bugs.

        A write whose process was lost or ended raises UnknownOutcome: nobody knows how far it came.
        """
        deadline = time.monotonic() + self.data.timeout_seconds
        limits = Limits(deadline=deadline, is_cancelled=self._is_cancelled(context))
        call = self._call(context, arguments)
        child = self.pool.take(deadline)
        try:
            end = self._run(child, call, context, limits)
        except BaseException:
            self.pool.discard(child)
            raise
        self.pool.give_back(child)
        if isinstance(end, Returned):
            return end.value
        raise unpack(end) if isinstance(end, Raised) else ToolBroke(f"{self.data.name}: ended out of turn")

    def _is_cancelled(self, context: RunningContext) -> Callable[[], bool]:
        """A read is ended when cancelled; a write is only told so, by `progress`."""
        return lambda: self.data.effect == "read" and context.is_cancelled

    def _call(self, context: ToolContext, arguments: Mapping[str, Any]) -> Call:
        return Call(
            key=self.load.key,
            tool=self.data.name,
            arguments={name: encode(value) for name, value in arguments.items()},
            surroundings=Surroundings(
                language=context.language,
                time_zone=context.time_zone,
                today=context.today,
                company=context.company,
                currency=context.currency,
                has_database=context.has_database,
            ),
        )

    def _run(self, child: Child, call: Call, context: ToolContext, limits: Limits) -> End:
        try:
            if self.load.key not in child.loaded:
                loaded = talk(child, self.load, limits, lambda ask: answer(ask, context, "read"))
                if isinstance(loaded, Raised):
                    return loaded
                child.loaded.add(self.load.key)
        except ChildLost as error:
            raise self._lost(error) from error
        try:
            return talk(child, call, limits, lambda ask: answer(ask, context, self.data.effect))
        except (ChildLost, TimeLimitExceeded) as error:
            if self.data.effect != "read":
                raise UnknownOutcome(f"{self.data.name}: {error}") from error
            raise self._lost(error) from error

    def _lost(self, error: ChildLost | TimeLimitExceeded) -> Exception:
        if isinstance(error, TimeLimitExceeded):
            return error
        if self.pool.is_closed:
            return TemporaryError("the executor is stopping")
        return ToolBroke(f"{self.data.name}: {error}")
