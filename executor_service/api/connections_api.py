"""The console's side of connections: made, changed, tested step by step, removed."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi import APIBlueprint

from executor_service.api.connection_bodies import (
    ConnectionChange,
    ConnectionList,
    ConnectionPath,
    ConnectionView,
    DatabaseBody,
    NewConnection,
    TestQuery,
    TestResult,
    result_of,
    view_of,
)
from executor_service.connections.checks.words import check_connection
from executor_service.connections.directory import ErpDirectory
from shared.audit import Audit, Detail
from shared.contracts.base import Contract
from shared.database import Database
from shared.errors import Conflict
from shared.http.guard import Guard


def connections_api(directory: ErpDirectory, database: Database, guard: Guard, audit: Audit) -> APIBlueprint:
    """For administrators: a connection decides whom everybody's questions reach."""
    api = guard.blueprint("connections", __name__, url_prefix="/api", role="administrator")

    def note(action: str, target: str, detail: Detail) -> None:
        actor = guard.user().id
        database.write(lambda work: audit.record(work, actor, action, target, detail))

    def view(connection_id: str) -> ConnectionView:
        return view_of(directory.connections.get(connection_id), directory.databases.find(connection_id))

    @api.get("/connections", summary="ERP connections", responses={"200": ConnectionList})
    def connections() -> Response:
        return _json(ConnectionList(connections=tuple(view(one.id) for one in directory.connections.list())))

    @api.get("/connections/<connection_id>", summary="One connection", responses={"200": ConnectionView})
    def connection(path: ConnectionPath) -> Response:
        return _json(view(path.connection_id))

    @api.post("/connections", summary="Connect another ERPNext", responses={"201": ConnectionView})
    def create(body: NewConnection) -> Response:
        made = directory.connections.create(body.draft(body.id))
        note("connection.create", made.id, {"url": made.url})
        return _json(view(made.id), HTTPStatus.CREATED)

    @api.put("/connections/<connection_id>", summary="Change a connection", responses={"200": ConnectionView})
    def change(path: ConnectionPath, body: ConnectionChange) -> Response:
        if directory.connections.get(path.connection_id).kind == "demo":
            raise Conflict("the demo company cannot be changed into a real one: start with a new data folder")
        changed = directory.connections.replace(body.draft(path.connection_id))
        note("connection.change", changed.id, {"url": changed.url})
        return _json(view(changed.id))

    @api.delete("/connections/<connection_id>", summary="Remove a connection nobody uses", responses={"204": None})
    def remove(path: ConnectionPath) -> Response:
        directory.connections.get(path.connection_id)
        directory.connections.delete(path.connection_id)
        directory.databases.forget(path.connection_id)
        note("connection.delete", path.connection_id, {})
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.put(
        "/connections/<connection_id>/database", summary="Say where its database is", responses={"200": ConnectionView}
    )
    def set_database(path: ConnectionPath, body: DatabaseBody) -> Response:
        saved = directory.databases.save(body.draft(path.connection_id))
        note("connection.database", path.connection_id, {"host": saved.address.host, "groups": ", ".join(saved.groups)})
        return _json(view(path.connection_id))

    @api.delete("/connections/<connection_id>/database", summary="Forget its database", responses={"204": None})
    def remove_database(path: ConnectionPath) -> Response:
        directory.databases.delete(path.connection_id)
        note("connection.database.delete", path.connection_id, {})
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.post("/connections/<connection_id>/test", summary="Test it step by step", responses={"200": TestResult})
    def test(path: ConnectionPath, query: TestQuery) -> Response:
        return _json(result_of(tuple(check_connection(directory, path.connection_id, query.language))))

    return api


def _json(body: Contract, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(body.model_dump_json(), status=status, content_type="application/json")
