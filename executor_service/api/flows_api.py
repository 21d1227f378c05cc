"""`/api/flows` and `/api/nodes`: what the flow builder is made of. Administrators change, viewers look."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi import APIBlueprint

from executor_service.api.flow_bodies import (
    Activated,
    Checked,
    Copied,
    Drawing,
    FlowChange,
    FlowList,
    FlowPath,
    FlowSummary,
    FlowView,
    KindList,
    LanguageQuery,
    NewFlow,
    Published,
    RolledBack,
    VersionList,
    VersionPath,
    VersionSummary,
    VersionView,
    summary_of,
)
from executor_service.api.noting import Noting
from executor_service.flows.desk import FlowDesk
from executor_service.flows.model import Flow
from executor_service.flows.settling import Settling
from executor_service.flows.store import read_flow
from shared.http.guard import Guard
from shared.http.responses import json_response


def nodes_api(desk: FlowDesk, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("nodes", __name__, url_prefix="/api/nodes")

    @api.get("", summary="Kinds of nodes", responses={"200": KindList})
    def kinds() -> Response:
        return json_response(KindList(nodes=desk.nodes.specs()))

    return api


def flows_api(desk: FlowDesk, settling: Settling, guard: Guard, noting: Noting) -> APIBlueprint:
    """Every change is noted in the audit."""
    api = guard.blueprint("flows", __name__, url_prefix="/api/flows")

    @api.get("", summary="Flows, by name", responses={"200": FlowList})
    def flows() -> Response:
        return json_response(FlowList(flows=tuple(map(FlowSummary.of, desk.store.all()))))

    @api.post("", summary="A new or imported flow", responses={"201": FlowView})
    @guard.require("administrator")
    def create(body: NewFlow) -> Response:
        draft = Flow() if body.draft is None else read_flow(body.draft)
        made = desk.store.create(body.name, draft, description=body.description, by=guard.user().id)
        noting.note("flow.create", made.id)
        return json_response(FlowView.of(made), HTTPStatus.CREATED)

    @api.get("/<flow_id>", summary="A flow with its draft", responses={"200": FlowView})
    def flow(path: FlowPath) -> Response:
        return json_response(FlowView.of(desk.store.get(path.flow_id)))

    @api.put("/<flow_id>", summary="Save the draft", responses={"200": FlowView})
    @guard.require("administrator")
    def save(path: FlowPath, body: FlowChange) -> Response:
        saved = desk.store.save(
            path.flow_id,
            read_flow(body.draft),
            revision=body.revision,
            name=body.name,
            description=body.description,
            by=guard.user().id,
        )
        noting.note("flow.save", path.flow_id)
        return json_response(FlowView.of(saved))

    @api.delete("/<flow_id>", summary="Take a flow away", responses={"204": None})
    @guard.require("administrator")
    def delete(path: FlowPath) -> Response:
        desk.store.delete(path.flow_id)
        noting.note("flow.delete", path.flow_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.post("/<flow_id>/check", summary="What a drawing lacks", responses={"200": Checked})
    def check(path: FlowPath, query: LanguageQuery, body: Drawing) -> Response:
        desk.store.get(path.flow_id)
        draft = read_flow(body.draft)
        found = desk.check_draft(path.flow_id, draft, query.language)
        return json_response(Checked(findings=found, exits=desk.exits(draft)))

    @api.post("/<flow_id>/publish", summary="Publish the draft", responses={"201": VersionSummary})
    @guard.require("administrator")
    def publish(path: FlowPath, query: LanguageQuery, body: Published) -> Response:
        """`/standing` then says who is still on old versions; `/settle` goes on where there are very many."""
        by = guard.user().id
        version = desk.publish(path.flow_id, revision=body.revision, language=query.language, by=by)
        settled = settling.settle(path.flow_id, body.sessions)
        noting.note("flow.publish", path.flow_id, {"sessions": body.sessions, "done": settled.done})
        return json_response(summary_of(version), HTTPStatus.CREATED)

    @api.post("/<flow_id>/activate", summary="Let it start, or start no more", responses={"200": FlowView})
    @guard.require("administrator")
    def activate(path: FlowPath, body: Activated) -> Response:
        desk.store.activate(path.flow_id, body.is_active)
        noting.note("flow.activate" if body.is_active else "flow.deactivate", path.flow_id)
        return json_response(FlowView.of(desk.store.get(path.flow_id)))

    @api.post("/<flow_id>/duplicate", summary="Copy a flow", responses={"201": FlowView})
    @guard.require("administrator")
    def duplicate(path: FlowPath, body: Copied) -> Response:
        made = desk.duplicate(path.flow_id, body.name, by=guard.user().id)
        noting.note("flow.create", made.id)
        return json_response(FlowView.of(made), HTTPStatus.CREATED)

    @api.get("/<flow_id>/versions", summary="Published versions, newest first", responses={"200": VersionList})
    def versions(path: FlowPath) -> Response:
        found = desk.store.versions(desk.store.get(path.flow_id).id)
        return json_response(VersionList(versions=tuple(map(summary_of, found))))

    @api.get("/<flow_id>/versions/<version_id>", summary="A version whole", responses={"200": VersionView})
    def version(path: VersionPath) -> Response:
        return json_response(VersionView.of(desk.version(path.flow_id, path.version_id)))

    @api.post("/<flow_id>/roll-back", summary="Make a version the draft again", responses={"200": FlowView})
    @guard.require("administrator")
    def roll_back(path: FlowPath, body: RolledBack) -> Response:
        by = guard.user().id
        rolled_back = desk.roll_back(path.flow_id, body.version_id, revision=body.revision, by=by)
        noting.note("flow.roll_back", path.flow_id)
        return json_response(FlowView.of(rolled_back))

    return api
