"""`/api/flows/import`: files of Recado, Typebot, RapidPro and Glific become drafts. Administrators only."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from executor_service.api.flow_bodies import FlowSummary, LanguageQuery, Name
from executor_service.api.noting import Noting
from executor_service.flows.checks.checks import FindingView
from executor_service.flows.desk import FlowDesk
from executor_service.flows.importing.arrival import Arrivals, Arrived
from executor_service.flows.importing.formats import FormatName
from executor_service.flows.importing.report import NoteView
from shared.contracts.base import Contract, Json, Language
from shared.http.guard import Guard
from shared.http.responses import json_response


class ImportedFile(BaseModel):
    """`document` is the file as it was exported there; without `format` it is found out.

    `language` is that of the file's texts where the file does not say it; without it, it is guessed.
    `name` replaces the flow's own, where the file holds one flow.
    """

    model_config = ConfigDict(extra="forbid")

    document: Json
    format: FormatName | None = None
    language: Language | None = None
    name: Name | None = None


class ArrivedView(Contract):
    """A new draft; `notes` say what did not come over as it was, `findings` what keeps it from being published."""

    flow: FlowSummary
    notes: tuple[NoteView, ...]
    findings: tuple[FindingView, ...]

    @classmethod
    def of(cls, arrived: Arrived) -> ArrivedView:
        return cls(flow=FlowSummary.of(arrived.stored), notes=arrived.notes, findings=arrived.findings)


class ArrivedList(Contract):
    flows: tuple[ArrivedView, ...] = Field(description="In the order of the file")


def importing_api(desk: FlowDesk, guard: Guard, noting: Noting) -> APIBlueprint:
    """Every flow that is made is noted in the audit."""
    api = guard.blueprint("flow_import", __name__, url_prefix="/api/flows")
    arrivals = Arrivals(desk)

    @api.post("/import", summary="Drafts from a file of flows", responses={"201": ArrivedList})
    @guard.require("administrator")
    def take(query: LanguageQuery, body: ImportedFile) -> Response:
        arrived = arrivals.take(
            body.document,
            language=query.language,
            by=guard.user().id,
            format_name=body.format,
            spoken=body.language,
            name=body.name,
        )
        for one in arrived:
            noting.note("flow.create", one.stored.id)
        return json_response(ArrivedList(flows=tuple(map(ArrivedView.of, arrived))), HTTPStatus.CREATED)

    return api
