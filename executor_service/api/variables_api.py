"""`/api/variables`: what all flows share. Secret values go in and never come out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from sqlalchemy import Connection

from executor_service.flows.variables import NAME_PATTERN, Variable, Variables, VariableType
from shared.audit import Audit
from shared.contracts.base import Contract, Timestamp
from shared.database import Database
from shared.errors import NotFound
from shared.http.guard import Guard
from shared.http.responses import json_response


class VariableView(Contract):
    """`value` is null for a secret one."""

    name: str
    type: VariableType
    is_secret: bool
    value: Any
    updated_at: Timestamp
    updated_by: str


class VariableList(Contract):
    """By name."""

    variables: tuple[VariableView, ...]


class VariablePath(BaseModel):
    name: str = Field(pattern=NAME_PATTERN)


class VariableBody(BaseModel):
    """The whole variable; a secret one is replaced, never read."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    type: VariableType
    value: Any = Field(repr=False)
    is_secret: StrictBool = False


def variables_api(variables: Variables, database: Database, guard: Guard, audit: Audit) -> APIBlueprint:
    """Viewers see names and the values that are no secrets, administrators change."""
    api = guard.blueprint("variables", __name__, url_prefix="/api/variables")

    @api.get("", summary="Global variables of flows", responses={"200": VariableList})
    def list_variables() -> Response:
        return json_response(VariableList(variables=tuple(map(_view, variables.list()))))

    @api.put("/<name>", summary="Make or replace a variable", responses={"200": VariableView})
    @guard.require("administrator")
    def save(path: VariablePath, body: VariableBody) -> Response:
        # Asked here: the work may run in the thread of another request, or of none.
        actor = guard.user().id

        def work(connection: Connection) -> Variable:
            made = variables.save(connection, path.name, body.type, body.value, is_secret=body.is_secret, actor=actor)
            audit.record(connection, actor, "variable.save", path.name, {"type": body.type})
            return made

        return json_response(_view(database.write(work)))

    @api.delete("/<name>", summary="Delete a variable", responses={"204": None})
    @guard.require("administrator")
    def remove(path: VariablePath) -> Response:
        actor = guard.user().id

        def work(connection: Connection) -> None:
            if not variables.delete(connection, path.name):
                raise NotFound("there is no variable of this name")
            audit.record(connection, actor, "variable.delete", path.name)

        database.write(work)
        return Response(status=HTTPStatus.NO_CONTENT)

    return api


def _view(variable: Variable) -> VariableView:
    return VariableView.model_validate({name: getattr(variable, name) for name in VariableView.model_fields})
