"""Who asks. The gateway signs a caller when a turn starts; nobody on the way changes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from shared.contracts.base import Contract, Language

Role = Literal["administrator", "operator", "viewer"]
ServiceName = Literal["gateway", "interpreter", "executor", "operator"]


SERVICE_ACCOUNT = "service:"
"""Before the name of a service account, where its link is stored in place of a contact's."""


class ContactCaller(Contract):
    """A person on a channel. Groups and ERP rights are not here: the executor reads them from its link."""

    kind: Literal["contact"] = "contact"
    contact_id: str
    conversation_id: str
    channel: str
    account: str
    language: Language = "es"
    time_zone: str = "UTC"
    service_account: str = ""
    """Set by the executor alone, for a flow's tool node that acts with the rights of this account."""


class UserCaller(Contract):
    """A user of the console."""

    kind: Literal["user"] = "user"
    user_id: str
    role: Role


class ScheduleCaller(Contract):
    """A schedule that runs with the rights of its owner, a contact."""

    kind: Literal["schedule"] = "schedule"
    schedule_id: str
    contact_id: str
    conversation_id: str
    language: Language = "es"
    time_zone: str = "UTC"


class ServiceCaller(Contract):
    """One of our own services, speaking for itself."""

    kind: Literal["service"] = "service"
    service: ServiceName


Caller = ContactCaller | UserCaller | ScheduleCaller | ServiceCaller
caller_adapter: TypeAdapter[Caller] = TypeAdapter(Annotated[Caller, Field(discriminator="kind")])
