"""Flows as they are stored: a draft that people change, and versions that nobody changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, func, insert, select, update

from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.tables import flow_versions, flows
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import Conflict, InvalidArguments, NotFound
from shared.ids import new_id

NEXT_SERIAL = select(func.coalesce(func.max(flows.c.serial), 0) + 1)
HIGHEST_SERIAL = select(func.max(flows.c.serial))
ACTIVE = (
    select(flow_versions)
    .join(flows, flows.c.version_id == flow_versions.c.id)
    .where(flows.c.is_active, ~flows.c.is_deleted)
    .order_by(flows.c.id)
)


@dataclass(frozen=True, kw_only=True)
class StoredFlow:
    """A flow with its draft; `version_id` is the published version, which runs while `is_active`."""

    id: str
    name: str
    description: str
    draft: Flow
    revision: int
    version_id: str | None
    is_active: bool
    created_at: datetime
    updated_at: datetime
    updated_by: str


class FlowStore:
    """Drafts are changed under an optimistic lock; publishing copies the draft into an immutable version."""

    def __init__(self, database: Database, *, now: Clock = utc_now) -> None:
        self._database = database
        self._now = now

    def create(self, name: str, draft: Flow, *, description: str = "", by: str = "") -> StoredFlow:
        flow_id, now = new_id(), self._now()
        values = {
            "id": flow_id,
            "name": name,
            "description": description,
            "draft": draft.model_dump(mode="json"),
            "revision": 1,
            "version_id": None,
            "is_active": False,
            "is_deleted": False,
            "serial": 0,
            "created_at": now,
            "updated_at": now,
            "updated_by": by,
        }
        self._database.write(lambda connection: connection.execute(insert(flows), values))
        return self.get(flow_id)

    def get(self, flow_id: str) -> StoredFlow:
        """Raises NotFound."""
        with self._database.read() as connection:
            return _stored(_row(connection, flow_id))

    def all(self) -> list[StoredFlow]:
        """By name."""
        with self._database.read() as connection:
            rows = connection.execute(select(flows).where(~flows.c.is_deleted).order_by(flows.c.name)).mappings()
            return [_stored(row) for row in rows]

    def save(
        self,
        flow_id: str,
        draft: Flow,
        *,
        revision: int,
        name: str | None = None,
        description: str | None = None,
        by: str = "",
    ) -> StoredFlow:
        """Writes the draft that was made from `revision`; raises Conflict when somebody else saved since."""
        values: dict[str, Any] = {
            "draft": draft.model_dump(mode="json"),
            "revision": revision + 1,
            "updated_at": self._now(),
            "updated_by": by,
        }
        if name is not None:
            values["name"] = name
        if description is not None:
            values["description"] = description

        def work(connection: Connection) -> None:
            _row(connection, flow_id)
            same = (flows.c.id == flow_id, flows.c.revision == revision, ~flows.c.is_deleted)
            if not connection.execute(update(flows).where(*same).values(values)).rowcount:
                raise Conflict("somebody else changed this flow meanwhile: load it again")

        self._database.write(work)
        return self.get(flow_id)

    def publish(self, flow_id: str, *, by: str = "", revision: int | None = None) -> FlowVersion:
        """Makes the draft the newest version and activates it. The caller has run the checks.

        With the `revision` that was checked, raises Conflict when somebody has saved since.
        """
        return self._database.write(lambda connection: self._publish(connection, flow_id, by, revision))

    def activate(self, flow_id: str, is_active: bool) -> None:
        """Lets the published version run, or start no more; raises Conflict for a flow that was never published."""

        def work(connection: Connection) -> None:
            if _row(connection, flow_id)["version_id"] is None:
                raise Conflict("publish this flow first")
            _change(connection, flow_id, is_active=is_active)

        self._database.write(work)

    def delete(self, flow_id: str) -> None:
        """Takes the flow away; its versions stay for the sessions that stand in them."""

        def work(connection: Connection) -> None:
            _row(connection, flow_id)
            _change(connection, flow_id, is_deleted=True, is_active=False)

        self._database.write(work)

    def versions(self, flow_id: str) -> list[FlowVersion]:
        """Newest first."""
        query = select(flow_versions).where(flow_versions.c.flow_id == flow_id).order_by(flow_versions.c.number.desc())
        with self._database.read() as connection:
            return [version_of(row) for row in connection.execute(query).mappings()]

    def version_ids(self, flow_id: str) -> list[str]:
        """Newest first."""
        query = select(flow_versions.c.id).where(flow_versions.c.flow_id == flow_id)
        with self._database.read() as connection:
            return list(connection.execute(query.order_by(flow_versions.c.number.desc())).scalars())

    def version(self, version_id: str) -> FlowVersion:
        """Raises NotFound."""
        query = select(flow_versions).where(flow_versions.c.id == version_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("no such version of a flow")
        return version_of(row)

    def serial(self, connection: Connection) -> int:
        """Grows whenever what is published changes."""
        return int(connection.execute(HIGHEST_SERIAL).scalar() or 0)

    def newest_serial(self) -> int:
        with self._database.read() as connection:
            return self.serial(connection)

    def active(self) -> tuple[int, list[FlowVersion]]:
        """The published versions of active flows, and the serial they were read at (or an earlier one)."""
        with self._database.read() as connection:
            serial = self.serial(connection)
            return serial, [version_of(row) for row in connection.execute(ACTIVE).mappings()]

    def _publish(self, connection: Connection, flow_id: str, by: str, revision: int | None) -> FlowVersion:
        stored = _stored(_row(connection, flow_id))
        if revision not in (None, stored.revision):
            raise Conflict("somebody else changed this flow meanwhile: load it again")
        last = select(func.max(flow_versions.c.number)).where(flow_versions.c.flow_id == flow_id)
        values = {
            "id": new_id(),
            "flow_id": flow_id,
            "number": int(connection.execute(last).scalar() or 0) + 1,
            "name": stored.name,
            "description": stored.description,
            "flow": stored.draft.model_dump(mode="json"),
            "published_at": self._now(),
            "published_by": by,
        }
        connection.execute(insert(flow_versions), values)
        _change(connection, flow_id, version_id=values["id"], is_active=True)
        return version_of(values)


def version_of(row: RowMapping | dict[str, Any]) -> FlowVersion:
    """The version that a database row holds."""
    return FlowVersion(
        id=row["id"],
        flow_id=row["flow_id"],
        number=row["number"],
        name=row["name"],
        description=row["description"],
        flow=read_flow(row["flow"]),
    )


def read_flow(document: Any) -> Flow:
    """A flow from JSON; raises InvalidArguments, which names what does not fit."""
    try:
        return Flow.model_validate(document)
    except ValidationError as error:
        found = tuple(
            {"where": ".".join(map(str, one["loc"])), "what": one["msg"]}
            for one in error.errors(include_url=False, include_context=False, include_input=False)
        )
        raise InvalidArguments("this is not a flow", errors=found) from error


def _row(connection: Connection, flow_id: str) -> RowMapping:
    query = select(flows).where(flows.c.id == flow_id, ~flows.c.is_deleted)
    if connection.dialect.name != "sqlite" and not connection.get_execution_options().get("reading", False):
        query = query.with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound("no such flow")
    return row


def _change(connection: Connection, flow_id: str, **values: Any) -> None:
    serial = connection.execute(NEXT_SERIAL).scalar()
    connection.execute(update(flows).where(flows.c.id == flow_id).values(serial=serial, **values))


def _stored(row: RowMapping) -> StoredFlow:
    names = ("id", "name", "description", "revision", "version_id", "is_active", "created_at", "updated_at")
    return StoredFlow(
        **{name: row[name] for name in names}, updated_by=row["updated_by"], draft=read_flow(row["draft"])
    )
