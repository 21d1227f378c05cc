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
from executor_service.api.noting import Noting
from executor_service.connections.checks.words import check_connection
from executor_service.connections.directory import ErpDirectory
from shared.errors import Conflict
from shared.http.guard import Guard
from shared.http.responses import json_response


def connections_api(directory: ErpDirectory, guard: Guard, noting: Noting) -> APIBlueprint:
    """For administrators: a connection decides whom everybody's questions reach."""
    api = guard.blueprint("connections", __name__, url_prefix="/api", role="administrator")

    def view(connection_id: str) -> ConnectionView:
        return view_of(directory.connections.get(connection_id), directory.databases.find(connection_id))

    @api.get("/connections", summary="ERP connections", responses={"200": ConnectionList})
    def connections() -> Response:
        return json_response(ConnectionList(connections=tuple(view(one.id) for one in directory.connections.list())))

    @api.get("/connections/<connection_id>", summary="One connection", responses={"200": ConnectionView})
    def connection(path: ConnectionPath) -> Response:
        return json_response(view(path.connection_id))

    @api.post("/connections", summary="Connect another ERPNext", responses={"201": ConnectionView})
    def create(body: NewConnection) -> Response:
        made = directory.connections.create(body.draft(body.id))
        noting.note("connection.create", made.id, {"url": made.url})
        return json_response(view(made.id), HTTPStatus.CREATED)

    @api.put("/connections/<connection_id>", summary="Change a connection", responses={"200": ConnectionView})
    def change(path: ConnectionPath, body: ConnectionChange) -> Response:
        if directory.connections.get(path.connection_id).kind == "demo":
            raise Conflict("the demo company cannot be changed into a real one: start with a new data folder")
        changed = directory.connections.replace(body.draft(path.connection_id))
        noting.note("connection.change", changed.id, {"url": changed.url})
        return json_response(view(changed.id))

    @api.delete("/connections/<connection_id>", summary="Remove a connection nobody uses", responses={"204": None})
    def remove(path: ConnectionPath) -> Response:
        directory.connections.get(path.connection_id)
        directory.connections.delete(path.connection_id)
        directory.databases.forget(path.connection_id)
        noting.note("connection.delete", path.connection_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.put(
        "/connections/<connection_id>/database", summary="Say where its database is", responses={"200": ConnectionView}
    )
    def set_database(path: ConnectionPath, body: DatabaseBody) -> Response:
        saved = directory.databases.save(body.draft(path.connection_id))
        noting.note(
            "connection.database", path.connection_id, {"host": saved.address.host, "groups": ", ".join(saved.groups)}
        )
        return json_response(view(path.connection_id))

    @api.delete("/connections/<connection_id>/database", summary="Forget its database", responses={"204": None})
    def remove_database(path: ConnectionPath) -> Response:
        directory.databases.delete(path.connection_id)
        noting.note("connection.database.delete", path.connection_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.post("/connections/<connection_id>/test", summary="Test it step by step", responses={"200": TestResult})
    def test(path: ConnectionPath, query: TestQuery) -> Response:
        return json_response(result_of(tuple(check_connection(directory, path.connection_id, query.language))))

    return api
