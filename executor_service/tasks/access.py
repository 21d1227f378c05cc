"""What a contact may reach: the ERP as its user, its groups and its company. Given by the links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from executor_service.connectors.protocol import Database
from executor_service.erp.protocol import Erp
from executor_service.registry.tool import Tool
from shared.contracts.callers import SERVICE_ACCOUNT, Caller, ContactCaller, ScheduleCaller
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


def acting_id(caller: Caller) -> str | None:
    """The contact or service account with whose rights a caller's task is done; none for programs."""
    if isinstance(caller, ContactCaller) and caller.service_account:
        return SERVICE_ACCOUNT + caller.service_account
    return caller.contact_id if isinstance(caller, ContactCaller | ScheduleCaller) else None


def access_for(directory: Directory, tool: Tool, caller: ContactCaller | ScheduleCaller) -> Access:
    """The rights with which a caller uses a tool; raises NotPermitted or NotLinked. Asked again at every call.

    With a service account's rights anybody may read; what writes is approved by a contact who might do it as well.
    """
    if not isinstance(caller, ContactCaller) or not caller.service_account:
        access = directory.access(caller.contact_id)
    else:
        access = directory.access(SERVICE_ACCOUNT + caller.service_account)
        if tool.effect != "read":
            check_permission(tool, directory.access(caller.contact_id))
    check_permission(tool, access)
    return access


def check_permission(tool: Tool, access: Access) -> None:
    """Raises NotPermitted unless the tool is for everybody or for one of the contact's groups."""
    if tool.groups and not set(tool.groups) & set(access.groups):
        raise NotPermitted(f"{tool.name} is for other groups", tool=tool.name)
