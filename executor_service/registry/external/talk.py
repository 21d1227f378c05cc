"""One exchange with a child: a message, what it asks meanwhile, and how it ends, within a time limit."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from executor_service.registry.context import Cancelled
from executor_service.registry.external.failures import pack
from executor_service.registry.external.messages import Answer, Ask, Call, Described, FromChild, Load, Raised, Returned
from executor_service.registry.external.process import Child, ChildLost
from shared.errors import TimeLimitExceeded

LOOK_EVERY_SECONDS = 0.05
CANCEL_GRACE_SECONDS = 0.5
"""How long a cancelled tool may tidy up; its context raises Cancelled meanwhile."""

End = Described | Returned | Raised
Answering = Callable[[Ask], Answer | Raised]


@dataclass
class Limits:
    """When an exchange must end: at `deadline` (monotonic seconds), or soon after it was cancelled."""

    deadline: float
    is_cancelled: Callable[[], bool]
    _cancelled_at: float | None = field(default=None, init=False)

    def check(self) -> None:
        """Raises TimeLimitExceeded or Cancelled once the child has to be killed."""
        now = time.monotonic()
        if now >= self.deadline:
            raise TimeLimitExceeded("the tool overran its limit and its process was ended")
        if self._cancelled_at is None and self.is_cancelled():
            self._cancelled_at = now
        if self._cancelled_at is not None and now - self._cancelled_at >= CANCEL_GRACE_SECONDS:
            raise Cancelled

    @property
    def is_ending(self) -> bool:
        return self._cancelled_at is not None


def talk(child: Child, message: Load | Call, limits: Limits, answering: Answering) -> End:
    """How it ended. Raises TimeLimitExceeded, Cancelled or ChildLost: then the child must be discarded."""
    child.send(message)
    while True:
        limits.check()
        heard = child.hear(min(LOOK_EVERY_SECONDS, max(limits.deadline - time.monotonic(), 0)))
        if isinstance(heard, End):
            return heard
        if heard is not None:
            child.send(_reply(heard, limits, answering))


def _reply(heard: FromChild, limits: Limits, answering: Answering) -> Answer | Raised:
    limits.check()
    if limits.is_ending:
        return pack(Cancelled())
    if not isinstance(heard, Ask):
        raise ChildLost("the process said something out of turn")
    return answering(heard)
