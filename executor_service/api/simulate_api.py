"""`/api/flows/{id}/simulate` and `/test`: a drawing is tried out; nothing is stored or sent."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint

from executor_service.api.flow_bodies import FlowPath, LanguageQuery
from executor_service.api.simulation_bodies import Simulated, Simulation, StandingView, Tested, Testing, beat_view
from executor_service.flows.desk import FlowDesk
from executor_service.flows.effects import Effect
from executor_service.flows.model import Flow
from executor_service.flows.store import read_flow
from shared.contracts.base import Json
from shared.errors import NotPermitted
from shared.http.guard import Guard
from shared.http.responses import json_response


def simulate_api(desk: FlowDesk, tools: Effect, guard: Guard) -> APIBlueprint:
    """Viewers may: what is played has no contact, no variables of the workspace and no secrets.

    Real calls go out as the flow's own would, secrets in them, and tools read with a contact's rights: they are for
    those who could publish the flow and start it for that contact.
    """
    api = guard.blueprint("flow_simulation", __name__, url_prefix="/api/flows")

    def drawing(flow_id: str, draft: Json | None) -> Flow:
        saved = desk.store.get(flow_id).draft
        return saved if draft is None else read_flow(draft)

    @api.post("/<flow_id>/simulate", summary="Play a drawing", responses={"200": Simulated})
    def simulate(path: FlowPath, query: LanguageQuery, body: Simulation) -> Response:
        if body.real and guard.user().role != "administrator":
            raise NotPermitted("only administrators let a simulation make real calls")
        draft = drawing(path.flow_id, body.draft)
        played = desk.simulate(
            path.flow_id, draft, body.scene, body.steps, real=body.real, contact_id=body.contact_id, tools=tools
        )
        beats = tuple(
            beat_view(number, beat, body.steps, desk.words(beat.trouble, query.language) if beat.trouble else None)
            for number, beat in enumerate(played.beats)
        )
        return json_response(Simulated(beats=beats, standing=StandingView.of(played.simulator)))

    @api.post("/<flow_id>/test", summary="Run the flow's own tests", responses={"200": Tested})
    def test(path: FlowPath, query: LanguageQuery, body: Testing) -> Response:
        draft = drawing(path.flow_id, body.draft)
        return json_response(Tested(tests=len(draft.tests), findings=desk.test(path.flow_id, draft, query.language)))

    return api
