"""What the console sends and sees of connections; no secret ever goes out."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictInt, StrictStr, model_validator

from executor_service.connections.checks.steps import Status
from executor_service.connections.checks.words import SaidStep
from executor_service.connections.database_model import DatabaseDraft, DatabaseRoute
from executor_service.connections.model import Connection, ConnectionDraft, Credentials
from executor_service.connectors.addresses import CarrierKind, DatabaseAddress, SshAddress
from shared.contracts.base import Contract, Language


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class SshView(Contract):
    host: str
    port: int
    user: str
    key_file: str
    known_hosts: str
    carrier: CarrierKind


class DatabaseView(Contract):
    """The way to the database, without its password. `groups` may use it."""

    host: str
    port: int
    name: str
    user: str
    ssh: SshView | None
    groups: tuple[str, ...]
    tables: tuple[str, ...]


class ConnectionView(Contract):
    """A connection without its key; `has_key` says whether one of its own is stored."""

    id: str
    name: str
    kind: str
    url: str
    erp_user: str
    company: str
    currency: str
    has_key: bool
    database: DatabaseView | None = None


class ConnectionList(Contract):
    connections: tuple[ConnectionView, ...]


class StepView(Contract):
    """One step of a test; `mend` says what to do about one that failed."""

    step: str
    status: Status
    reason: str
    what: str
    detail: str
    mend: str


class TestResult(Contract):
    """The steps in their order; `passed` when none failed."""

    passed: bool
    steps: tuple[StepView, ...]


class TestQuery(Body):
    language: Language = "en"


class ConnectionPath(BaseModel):
    connection_id: str = Field(max_length=40)


class ConnectionChange(Body):
    """A site of ERPNext. Without a key a changed connection keeps its own, as long as the address stays."""

    name: StrictStr = Field(min_length=1, max_length=120)
    url: StrictStr = Field(pattern=r"^https?://[^/?#@\s]+(/[^?#\s]*)?$", max_length=500)
    api_key: SecretStr | None = Field(None, max_length=200)
    api_secret: SecretStr | None = Field(None, max_length=200)
    company: StrictStr = Field("", max_length=140)
    currency: StrictStr = Field("", pattern=r"^([A-Z]{3})?$")

    @model_validator(mode="after")
    def _key_is_whole(self) -> ConnectionChange:
        if (self.api_key is None) != (self.api_secret is None):
            raise ValueError("api_key and api_secret go together")
        return self

    def draft(self, connection_id: str) -> ConnectionDraft:
        credentials = None
        if self.api_key is not None and self.api_secret is not None:
            credentials = Credentials(key=self.api_key.get_secret_value(), secret=self.api_secret.get_secret_value())
        return ConnectionDraft(
            id=connection_id,
            name=self.name,
            kind="frappe",
            url=self.url.rstrip("/"),
            credentials=credentials,
            company=self.company,
            currency=self.currency,
        )


class NewConnection(ConnectionChange):
    id: StrictStr = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")


class SshBody(Body):
    """An SSH server whose key stands in `known_hosts`. Both files are on the executor's machine."""

    host: StrictStr = Field(pattern=r"^[A-Za-z0-9.:_-]{1,255}$")
    port: StrictInt = Field(22, ge=1, le=65535)
    user: StrictStr = Field(pattern=r"^[A-Za-z0-9._][A-Za-z0-9._@-]{0,63}$")
    known_hosts: StrictStr = Field(min_length=1, max_length=1000)
    key_file: StrictStr = Field("", max_length=1000, description="Empty: the keys of the running agent")
    carrier: Literal["sshtunnel", "ssh"] = "sshtunnel"


class DatabaseBody(Body):
    """The ERP's MariaDB, for named groups only. Without a password a changed route keeps its own, if the way stays."""

    host: StrictStr = Field(
        pattern=r"^[A-Za-z0-9.:_-]{1,255}$", description="As the SSH server sees it, if there is one"
    )
    port: StrictInt = Field(3306, ge=1, le=65535)
    name: StrictStr = Field(min_length=1, max_length=64)
    user: StrictStr = Field(min_length=1, max_length=128)
    password: SecretStr | None = Field(None, max_length=500)
    ssh: SshBody | None = None
    groups: tuple[StrictStr, ...] = Field((), max_length=50)
    tables: tuple[StrictStr, ...] = Field((), max_length=500, description="To be asked besides the usual ones")

    def draft(self, connection_id: str) -> DatabaseDraft:
        return DatabaseDraft(
            connection_id=connection_id,
            address=DatabaseAddress(
                host=self.host,
                port=self.port,
                name=self.name,
                user=self.user,
                password=self.password.get_secret_value() if self.password else "",
            ),
            ssh=SshAddress(**self.ssh.model_dump()) if self.ssh else None,
            groups=self.groups,
            tables=self.tables,
        )


def view_of(one: Connection, route: DatabaseRoute | None) -> ConnectionView:
    return ConnectionView(
        id=one.id,
        name=one.name,
        kind=one.kind,
        url=one.url,
        erp_user=one.erp_user,
        company=one.company,
        currency=one.currency,
        has_key=one.sealed_key is not None,
        database=_database(route) if route else None,
    )


def result_of(steps: tuple[SaidStep, ...]) -> TestResult:
    return TestResult(
        passed=all(step.status != "failed" for step in steps),
        steps=tuple(StepView(**vars(step)) for step in steps),
    )


def _database(route: DatabaseRoute) -> DatabaseView:
    at = route.address
    return DatabaseView(
        host=at.host,
        port=at.port,
        name=at.name,
        user=at.user,
        ssh=SshView(**vars(route.ssh)) if route.ssh else None,
        groups=route.groups,
        tables=route.tables,
    )
