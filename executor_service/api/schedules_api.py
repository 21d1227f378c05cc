"""`/api/schedules`: what is sent again and again, for the console."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from executor_service.api.noting import Noting
from executor_service.schedules.model import Condition, Schedule, Status
from executor_service.schedules.schedules import Schedules
from shared.contracts.base import Contract, Json, Language, Timestamp
from shared.http.guard import Guard
from shared.http.responses import json_response


class ScheduleView(Contract):
    """`condition` is set for an alert; `next_at` is null while it is paused."""

    id: str
    contact_id: str
    language: Language
    time_zone: str
    tool: str
    title: str
    arguments: Json
    cron: str
    condition: Condition | None
    status: Status
    next_at: Timestamp | None
    last_at: Timestamp | None
    created_at: Timestamp


class ScheduleList(Contract):
    """Oldest first; `next` is the `after` of the following page."""

    schedules: tuple[ScheduleView, ...]
    next: str | None = None


class ScheduleQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    after: str = Field("", max_length=40)
    limit: int = Field(50, ge=1, le=200)


class SchedulePath(BaseModel):
    schedule_id: str = Field(max_length=40)


class ScheduleChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: Status


def schedules_api(schedules: Schedules, guard: Guard, noting: Noting) -> APIBlueprint:
    """Viewers look, operators pause and end; only the person, by chat, makes one."""
    api = guard.blueprint("schedules", __name__, url_prefix="/api/schedules")

    @api.get("", summary="Schedules, oldest first", responses={"200": ScheduleList})
    def list_schedules(query: ScheduleQuery) -> Response:
        found = schedules.page(after=query.after, limit=query.limit)
        more = found[-1].id if len(found) == query.limit else None
        return json_response(ScheduleList(schedules=tuple(map(_view, found)), next=more))

    @api.patch("/<schedule_id>", summary="Pause or resume", responses={"200": ScheduleView})
    @guard.require("operator")
    def change(path: SchedulePath, body: ScheduleChange) -> Response:
        changed = schedules.set_status(path.schedule_id, body.status)
        noting.note(f"schedule.{body.status}", path.schedule_id)
        return json_response(_view(changed))

    @api.delete("/<schedule_id>", summary="End for good", responses={"204": None})
    @guard.require("operator")
    def remove(path: SchedulePath) -> Response:
        schedules.remove(path.schedule_id)
        noting.note("schedule.remove", path.schedule_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    return api


def _view(schedule: Schedule) -> ScheduleView:
    return ScheduleView.model_validate({name: getattr(schedule, name) for name in ScheduleView.model_fields})
