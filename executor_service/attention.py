"""What a person should look at: an ERP that does not answer, tools that keep failing, tasks that wait for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from executor_service.tables import tasks
from shared.counts import Counts
from shared.database import Database

LOOKED_AT = 50
"""How many of the latest tasks tell whether the ERP answers."""
RECENT_HOURS = 24
FAILS_OFTEN = 3
FAILS_SHARE = 0.5
ERP_REASONS = frozenset({"erp_unreachable", "erp_busy", "credentials_refused", "erp_failed"})

_WAITING = select(func.count()).select_from(tasks).where(tasks.c.status == "waiting")
_LATEST = select(tasks.c.status, tasks.c.error, tasks.c.ended_at).order_by(tasks.c.created_at.desc()).limit(LOOKED_AT)


@dataclass(frozen=True, kw_only=True)
class ErpTrouble:
    """The latest failure because of the ERP, after which nothing has succeeded."""

    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FailingTool:
    """A tool of whose calls in the last day at least half failed."""

    tool: str
    calls: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class Attention:
    waiting: int
    erp: ErpTrouble | None
    tools: tuple[FailingTool, ...]


class Look:
    """Cheap however many tasks there were: the latest ones, an index of those that wait, and the counts by hour."""

    def __init__(self, database: Database, counts: Counts) -> None:
        self._database = database
        self._counts = counts

    def attention(self) -> Attention:
        with self._database.read() as connection:
            waiting = connection.execute(_WAITING).scalar_one()
            latest = connection.execute(_LATEST).all()
        return Attention(waiting=waiting, erp=_trouble(latest), tools=_failing(self._counts.last_hours(RECENT_HOURS)))


def _trouble(latest: Iterable[Row[*tuple[Any, ...]]]) -> ErpTrouble | None:
    for row in latest:
        if row.status == "succeeded":
            return None
        reason = (row.error or {}).get("reason", "")
        if row.status == "failed" and reason in ERP_REASONS and row.ended_at is not None:
            return ErpTrouble(reason=reason, at=row.ended_at)
    return None


def _failing(counted: dict[str, int]) -> tuple[FailingTool, ...]:
    prefix = "tool_failed:"
    found = [
        FailingTool(tool=name.removeprefix(prefix), calls=counted.get(f"tool:{name.removeprefix(prefix)}", 0), failed=n)
        for name, n in counted.items()
        if name.startswith(prefix)
    ]
    often = [one for one in found if one.failed >= FAILS_OFTEN and one.failed >= one.calls * FAILS_SHARE]
    return tuple(sorted(often, key=lambda one: (-one.failed, one.tool)))
