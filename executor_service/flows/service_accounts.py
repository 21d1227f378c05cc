"""Service accounts: links of nobody, with whose rights a flow's tool nodes may act where an administrator allows it.

A service account is a link like any contact's, stored under `service:<name>`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from executor_service.flows.tables import flow_accounts as accounts
from shared.clock import Clock
from shared.contracts.callers import SERVICE_ACCOUNT
from shared.database import Database
from shared.errors import InvalidArguments, NotPermitted

IsLinked = Callable[[str], bool]
"""Whether a contact id has a link of its own, whatever unknown contacts may do."""
OF_FLOW = select(accounts.c.account).where(accounts.c.flow_id == bindparam("flow")).order_by(accounts.c.account)


class ServiceAccounts:
    """Which flow may use which account; asked again at every call."""

    def __init__(self, database: Database, is_linked: IsLinked, now: Clock) -> None:
        self._database = database
        self._is_linked = is_linked
        self._now = now

    def of_flow(self, flow_id: str) -> tuple[str, ...]:
        with self._database.read() as connection:
            return tuple(connection.execute(OF_FLOW, {"flow": flow_id}).scalars())

    def may_use(self, flow_id: str, account: str) -> bool:
        return account in self.of_flow(flow_id) and self._is_linked(SERVICE_ACCOUNT + account)

    def check(self, flow_id: str, account: str) -> None:
        """Raises NotPermitted unless an administrator has allowed the account to the flow, and it still exists."""
        if not self.may_use(flow_id, account):
            raise NotPermitted(f"this flow may not act as the service account {account}")

    def allow(self, flow_id: str, names: Sequence[str], *, by: str) -> None:
        """These accounts and no others; raises InvalidArguments for one that does not exist."""
        missing = [name for name in names if not self._is_linked(SERVICE_ACCOUNT + name)]
        if missing:
            wrong = tuple({"where": name, "what": "is no service account"} for name in missing)
            raise InvalidArguments("link `service:<name>` to an ERP user first", errors=wrong)
        rows = [
            {"flow_id": flow_id, "account": name, "allowed_by": by, "allowed_at": self._now()}
            for name in sorted(set(names))
        ]

        def work(connection: Connection) -> None:
            connection.execute(delete(accounts).where(accounts.c.flow_id == flow_id))
            if rows:
                connection.execute(insert(accounts), rows)

        self._database.write(work)
