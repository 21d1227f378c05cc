"""`/api/flows/{id}/statistics`: where people go in a flow, and where they leave it. Viewers look."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from executor_service.api.flow_bodies import FlowPath
from executor_service.flows.desk import FlowDesk
from executor_service.flows.statistics import FlowStatistics, read, statistics_of
from shared.clock import Clock
from shared.database import Database
from shared.http.guard import Guard
from shared.http.responses import json_response

DAYS = 30


class StatisticsQuery(BaseModel):
    """Days in UTC, both included: the last thirty unless given. `version` is a version's id: all of them without it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")
    version: str | None = Field(default=None, max_length=40)

    @model_validator(mode="after")
    def _is_a_period(self) -> StatisticsQuery:
        if self.start and self.end and self.start > self.end:
            raise PydanticCustomError("not_a_period", "`from` is after `to`")
        return self

    def period(self, today: date) -> tuple[date, date]:
        end = self.end or max(today, self.start or today)
        return self.start or _before(end), end


def _before(end: date) -> date:
    return end - timedelta(days=min(DAYS - 1, end.toordinal() - 1))


def statistics_api(desk: FlowDesk, database: Database, guard: Guard, now: Clock) -> APIBlueprint:
    api = guard.blueprint("flow_statistics", __name__, url_prefix="/api/flows")

    @api.get("/<flow_id>/statistics", summary="Visits, drop-off, answers, variants", responses={"200": FlowStatistics})
    def statistics(path: FlowPath, query: StatisticsQuery) -> Response:
        flow_id = desk.store.get(path.flow_id).id
        version_ids = [query.version] if query.version else desk.store.version_ids(flow_id)
        drawn = desk.version(flow_id, version_ids[0]) if version_ids else None
        start, end = query.period(now().date())
        counts = read(database, version_ids, start, end)
        return json_response(statistics_of(flow_id, version_ids, drawn, start, end, counts))

    return api
