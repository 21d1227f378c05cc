"""What follows from what came in, once it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whatsapp_service.changes import NewChange
from whatsapp_service.outbox.parking import Moved


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What changed, whose outbox may go on, which of the executor's rows are lost."""

    changes: tuple[NewChange, ...] = ()
    sends: frozenset[str] = frozenset()
    lost_rows: frozenset[int] = frozenset()

    def __add__(self, other: Aftermath) -> Aftermath:
        return Aftermath(self.changes + other.changes, self.sends | other.sends, self.lost_rows | other.lost_rows)

    def with_moved(self, moved: Moved, sends: Iterable[str] = ()) -> Aftermath:
        """With what else changed, and more outboxes that may go on."""
        return self + Aftermath(moved.changes, frozenset(sends), moved.lost_rows)
