"""Many sessions waiting, some of whose timers are due within one minute: how late they are."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from bench.flows.drawings import delayed, talk
from bench.flows.ground import Ground, Numbers, resident_megabytes, seconds_of
from bench.flows.steps import THREADS
from bench.run import percentile
from executor_service.flows.tables import flow_sessions, flow_timers
from shared.clock import utc_now

LEAD = timedelta(seconds=3)
GIVE_UP_SECONDS = 300


@dataclass(frozen=True)
class Lags:
    """In milliseconds from the moment a timer was due until its session was written; memory in megabytes."""

    waiting: int
    due: int
    seconds: float
    p50: float
    p99: float
    worst: float
    memory_before: float
    memory_after: float


def measure_lag(ground: Ground, numbers: Numbers, *, waiting: int, due: int, seconds: float) -> Lags:
    before = resident_megabytes()
    asking, sleeping = ground.publish("Ask", talk()), ground.publish("Sleep", delayed())
    seconds_of(lambda person: ground.start(asking, person), numbers.take(waiting - due), THREADS)
    seconds_of(lambda person: ground.start(sleeping, person), numbers.take(due), THREADS)
    moments = ground.database.write(lambda connection: _spread(connection, sleeping.flow_id, seconds))
    lags = _lags(ground, sleeping.flow_id, moments)
    return Lags(
        waiting=waiting,
        due=due,
        seconds=seconds,
        p50=percentile(lags, 0.5),
        p99=percentile(lags, 0.99),
        worst=max(lags),
        memory_before=before,
        memory_after=resident_megabytes(),
    )


def _spread(connection: Connection, flow_id: str, seconds: float) -> dict[str, datetime]:
    """Makes the delays due evenly over the time; session → moment."""
    mine = select(flow_sessions.c.id).where(flow_sessions.c.flow_id == flow_id)
    ids = list(connection.execute(mine).scalars())
    begin = utc_now() + LEAD
    moments = {one: begin + timedelta(seconds=seconds * place / len(ids)) for place, one in enumerate(ids)}
    for session_id, moment in moments.items():
        this = (flow_timers.c.session_id == session_id, flow_timers.c.kind == "delay")
        connection.execute(update(flow_timers).where(*this).values(due_at=moment))
    return moments


def _lags(ground: Ground, flow_id: str, moments: dict[str, datetime]) -> list[float]:
    ended = select(flow_sessions.c.id, flow_sessions.c.ended_at).where(
        flow_sessions.c.flow_id == flow_id, flow_sessions.c.ended_at.is_not(None)
    )
    until = time.monotonic() + (max(moments.values()) - utc_now()).total_seconds() + GIVE_UP_SECONDS
    while _count(ground, flow_id) < len(moments):
        if time.monotonic() > until:
            raise RuntimeError("timers that were due have not fired")
        time.sleep(0.5)
    with ground.database.read() as connection:
        rows = connection.execute(ended).all()
    return [(row.ended_at - moments[row.id]).total_seconds() * 1_000 for row in rows]


def _count(ground: Ground, flow_id: str) -> int:
    mine = (flow_sessions.c.flow_id == flow_id, flow_sessions.c.ended_at.is_not(None))
    with ground.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(flow_sessions).where(*mine)).scalar() or 0)
