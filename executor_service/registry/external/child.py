"""A process that runs tools: `python -m executor_service.registry.external.child <handle of its pipe>`."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any

from pydantic import ValidationError

from executor_service.registry.external.border import Border
from executor_service.registry.external.channel import Channel
from executor_service.registry.external.failures import pack
from executor_service.registry.external.loading import describe, explain, load
from executor_service.registry.external.messages import TO_CHILD, Call, FromChild, Load, Returned
from executor_service.registry.external.remote import RemoteContext
from executor_service.registry.external.values import decode
from executor_service.registry.tool import Tool

MAX_MEMORY_BYTES = 2 * 1024**3


def main(handle: int) -> None:
    """Does what it is told until the pipe ends."""
    _limit()
    border = Border(Channel(Connection(handle), TO_CHILD))
    border.start()
    loaded: dict[str, Mapping[str, Tool]] = {}
    while True:
        work = border.next_work()
        try:
            border.reply(_do(work, border, loaded))
        except (Exception, SystemExit) as error:  # noqa: BLE001  outermost loop: whatever an author's code raises
            failure = pack(error)
            if isinstance(work, Load):
                failure = failure.model_copy(update={"detail": explain(error, work)})
            border.reply(failure)


def _do(work: Load | Call, border: Border, loaded: dict[str, Mapping[str, Tool]]) -> FromChild:
    if isinstance(work, Load):
        loaded[work.key] = load(work)
        return describe(loaded[work.key])
    tool = loaded[work.key][work.tool]
    arguments = {name: decode(value) for name, value in work.arguments.items()}
    with border.open_call() as call:
        returned: Any = tool.handler(RemoteContext(work.surroundings, border, call), **arguments)
    try:
        return Returned(value=returned)
    except ValidationError:
        raise TypeError(f"{tool.name} gave {type(returned).__name__}; a tool gives text, results or nothing") from None


def _limit() -> None:
    """Bounds memory, and closes the outputs: what a tool prints may hold figures, which no log may keep."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = MAX_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MAX_MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.dont_write_bytecode = True
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)


if __name__ == "__main__":
    main(int(sys.argv[1]))
