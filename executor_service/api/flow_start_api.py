"""`/api/flows/{id}/start` and `/stop`: administrators start a published flow for a contact, operators stop all in it.

A started flow has the contact's rights and answers into the conversation that the body names, which nothing signed
ties to the contact: that is to speak as a contact, as in the web chat.
"""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import AfterValidator, BaseModel, Field

from executor_service.api.noting import Noting
from executor_service.executor import Executor
from executor_service.flows.model import StartMode
from shared.contracts.base import Contract, Json, Language
from shared.contracts.callers import ContactCaller
from shared.http.guard import Guard
from shared.http.responses import json_response


class FlowPath(BaseModel):
    flow_id: str = Field(max_length=40)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("is no time zone, e.g. America/Lima") from error
    return name


class StartFlow(Contract):
    """For whom: a contact and the conversation with it. `mode` is the flow's own unless given."""

    contact_id: str = Field(min_length=1, max_length=40)
    conversation_id: str = Field(min_length=1, max_length=40)
    channel: str = Field(min_length=1, max_length=40)
    account: str = Field(min_length=1, max_length=80)
    language: Language = "es"
    time_zone: Annotated[str, Field(max_length=60), AfterValidator(_zone)] = "UTC"
    arguments: Json = Field(default_factory=dict)
    mode: StartMode | None = None

    def caller(self) -> ContactCaller:
        names = ("contact_id", "conversation_id", "channel", "account", "language", "time_zone")
        return ContactCaller(**{name: getattr(self, name) for name in names})


class FlowStarted(Contract):
    """`session_id` is null when the flow was skipped because the person is in another one."""

    session_id: str | None
    status: str


class FlowStopped(Contract):
    """How many sessions were interrupted now; 0 when none is left."""

    stopped: int


def flow_start_api(executor: Executor, guard: Guard, noting: Noting) -> APIBlueprint:
    api = guard.blueprint("flow_start", __name__, url_prefix="/api/flows")

    @api.post("/<flow_id>/start", summary="Start a flow for a contact", responses={"200": FlowStarted})
    @guard.require("administrator")
    def start(path: FlowPath, body: StartFlow) -> Response:
        started = executor.flows.start_flow(path.flow_id, body.caller(), arguments=body.arguments, mode=body.mode)
        noting.note("flow.start", path.flow_id, {"contact_id": body.contact_id})
        session = started.stored.session if started else None
        view = FlowStarted(session_id=session.id if session else None, status=session.status if session else "skipped")
        return json_response(view)

    @api.post("/<flow_id>/stop", summary="Interrupt up to 500 open sessions", responses={"200": FlowStopped})
    @guard.require("operator")
    def stop(path: FlowPath) -> Response:
        """Repeat it until it gives 0. A flow that is still active may be started again: deactivate it first."""
        stopped = executor.flows.stop_flow(path.flow_id, "stopped by an operator")
        noting.note("flow.stop", path.flow_id, {"stopped": stopped})
        return json_response(FlowStopped(stopped=stopped))

    return api
