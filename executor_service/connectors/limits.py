"""What a database session may do, and how long; every limit with its unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CONNECT_SECONDS = 10
SILENCE_SECONDS = 60
"""Once rows flow, how long nothing may come before the network counts as dead."""
GRACE_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class SessionLimits:
    """`rows` is how many a SELECT without a LIMIT of its own may give; 0 for as many as there are."""

    statement_seconds: int
    rows: int = 0
    write_seconds: int = 60

    @property
    def read_seconds(self) -> int:
        """How long to wait for an answer: a little longer than the server lets a statement run."""
        return self.statement_seconds + GRACE_SECONDS

    def statements(self) -> Iterator[str]:
        """What a new session is told, for MariaDB 10.3 and later.

        `sql_mode` is set whole, so that no quoting of another mode changes what a text means.
        """
        yield (
            "SET SESSION sql_mode='STRICT_TRANS_TABLES', "
            f"max_statement_time={self.statement_seconds}, net_write_timeout={self.write_seconds}"
            + (f", sql_select_limit={self.rows}" if self.rows else "")
        )
        yield "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


AD_HOC = SessionLimits(statement_seconds=10, rows=10_001)
EXPORT = SessionLimits(statement_seconds=900, write_seconds=600)
