"""The database route of a connection as the executor works with it. Passwords are sealed or hidden from `repr`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from executor_service.connectors.addresses import DatabaseAddress, SshAddress


@dataclass(frozen=True, kw_only=True)
class DatabaseDraft:
    """A route as an administrator gives it.

    `groups` may use it: nobody may, while there are none. `tables` may be asked besides the usual ones, e.g. of
    custom doctypes. An empty password keeps the stored one, as long as the way does not change.
    """

    connection_id: str
    address: DatabaseAddress
    ssh: SshAddress | None = None
    groups: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DatabaseRoute:
    """A stored route; `sealed_password` opens for this connection, this way and this user only."""

    connection_id: str
    address: DatabaseAddress
    ssh: SshAddress | None
    sealed_password: str = field(repr=False)
    groups: tuple[str, ...]
    tables: tuple[str, ...]
    updated_at: datetime

    def is_for(self, groups: tuple[str, ...]) -> bool:
        return bool(set(self.groups) & set(groups))


def way_record(draft: DatabaseDraft | DatabaseRoute) -> str:
    """What a password is sealed for: with the way inside, a changed way never gets the old password."""
    at, ssh = draft.address, draft.ssh
    through = f"{ssh.user}@{ssh.host}:{ssh.port}" if ssh else ""
    return f"database:{draft.connection_id}:{through}:{at.user}@{at.host}:{at.port}/{at.name}"
