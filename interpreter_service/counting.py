"""What the interpreter counts by hour: turns, those it did not understand, and what the model was given and gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select

from interpreter_service.tables import turns
from shared.counts import HourCount, hour_of, read_hour

_SUMS = {
    "turns": func.count(),
    "model_calls": func.sum(turns.c.model_calls),
    "tokens_in": func.sum(turns.c.tokens_in),
    "tokens_out": func.sum(turns.c.tokens_out),
}


def count_turns(connection: Connection, since: datetime) -> Iterator[HourCount]:
    """Turns, calls of the model and tokens of the turns that started since a moment."""
    hour = hour_of(connection, turns.c.started_at).label("hour")
    sums = [column.label(name) for name, column in _SUMS.items()]
    query = select(hour, *sums).where(turns.c.started_at >= since).group_by(hour)
    for row in connection.execute(query):
        for name in _SUMS:
            yield read_hour(row.hour), name, int(getattr(row, name))
