"""`/api/flows/{id}/standing` and `/settle`: who stands on which version, and what becomes of those on old ones."""

from __future__ import annotations

from typing import Literal

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict

from executor_service.api.flow_bodies import FlowPath
from executor_service.api.noting import Noting
from executor_service.flows.model import FlowVersion
from executor_service.flows.settling import Settling
from executor_service.flows.standing import Standing
from shared.contracts.base import Contract
from shared.http.guard import Guard
from shared.http.responses import json_response


class StandingOn(Contract):
    """People whose session waits at a node, or calls out from it."""

    node_id: str
    people: int


class VersionStanding(Contract):
    version_id: str
    number: int
    people: int
    nodes: tuple[StandingOn, ...]


class FlowStanding(Contract):
    """Newest version first; versions on which nobody stands are left out."""

    versions: tuple[VersionStanding, ...]


class Settle(BaseModel):
    """`move`: to the published version, where their node is still there; `interrupt`: their sessions end."""

    model_config = ConfigDict(extra="forbid")

    sessions: Literal["move", "interrupt"]


class SettledSessions(Contract):
    """How many were moved or interrupted now, and how many still stand on old versions."""

    done: int
    left: int


def standing_api(settling: Settling, guard: Guard, noting: Noting) -> APIBlueprint:
    api = guard.blueprint("flow_standing", __name__, url_prefix="/api/flows")

    @api.get("/<flow_id>/standing", summary="Who stands where", responses={"200": FlowStanding})
    def standing(path: FlowPath) -> Response:
        return json_response(_view(settling, path.flow_id))

    @api.post("/<flow_id>/settle", summary="Move or end who is on old versions", responses={"200": SettledSessions})
    @guard.require("administrator")
    def settle(path: FlowPath, body: Settle) -> Response:
        """Repeat it while `done` is not 0: it works for twenty seconds at most."""
        settled = settling.settle(path.flow_id, body.sessions)
        noting.note(f"flow.{body.sessions}", path.flow_id, {"done": settled.done, "left": settled.left})
        return json_response(SettledSessions(done=settled.done, left=settled.left))

    return api


def _view(settling: Settling, flow_id: str) -> FlowStanding:
    versions, found = settling.standing(flow_id)
    views = (_version_view(one, [here for here in found if here.version_id == one.id]) for one in versions)
    return FlowStanding(versions=tuple(view for view in views if view.people))


def _version_view(version: FlowVersion, here: list[Standing]) -> VersionStanding:
    return VersionStanding(
        version_id=version.id,
        number=version.number,
        people=sum(one.people for one in here),
        nodes=tuple(StandingOn(node_id=one.node_id, people=one.people) for one in here),
    )
