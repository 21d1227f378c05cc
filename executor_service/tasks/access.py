"""What a contact may reach: the ERP as its user, its groups and its company. Given by the links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from executor_service.connectors.protocol import Database
from executor_service.erp.protocol import Erp
from executor_service.registry.tool import Tool
from shared.errors import NotPermitted


class Access(Protocol):
    """The rights of one contact, read from its link; `today` is set where the connection has a "today" of its own."""

    @property
    def connection_id(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def today(self) -> date | None: ...
    @property
    def fiscal_year_start_month(self) -> int: ...
    @property
    def groups(self) -> tuple[str, ...]: ...
    @property
    def erp(self) -> Callable[[], Erp]: ...
    @property
    def database(self) -> Callable[[], Database] | None:
        """Opens the ERP's database; none where there is none or it is not for one of the groups."""
        ...


class Directory(Protocol):
    def access(self, contact_id: str) -> Access:
        """The access of a contact; raises NotLinked when it has none and the policy grants none."""
        ...


def check_permission(tool: Tool, access: Access) -> None:
    """Raises NotPermitted unless the tool is for everybody or for one of the contact's groups."""
    if tool.groups and not set(tool.groups) & set(access.groups):
        raise NotPermitted(f"{tool.name} is for other groups", tool=tool.name)
