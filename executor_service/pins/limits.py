"""Above which amounts an approval needs a PIN, by connection and currency."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Connection, bindparam, delete, insert, select

from executor_service.pins.tables import approval_limits
from shared.database import Database

_OF = select(approval_limits.c.currency, approval_limits.c.amount).where(
    approval_limits.c.connection_id == bindparam("wanted")
)


class ApprovalLimits:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, connection_id: str) -> dict[str, Decimal]:
        with self._database.read() as connection:
            return {row.currency: Decimal(row.amount) for row in connection.execute(_OF, {"wanted": connection_id})}

    def save(self, connection_id: str, limits: Mapping[str, Decimal]) -> None:
        """In place of those there were; none: no approval of this connection needs a PIN."""
        rows = [
            {"connection_id": connection_id, "currency": currency, "amount": format(amount, "f")}
            for currency, amount in limits.items()
        ]

        def work(connection: Connection) -> None:
            connection.execute(delete(approval_limits).where(approval_limits.c.connection_id == connection_id))
            if rows:
                connection.execute(insert(approval_limits), rows)

        self._database.write(work)
