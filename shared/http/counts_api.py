"""`/api/counts`: how much a service did each day, for the console's home."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.base import Json
from shared.counts import Counts
from shared.errors import InvalidArguments
from shared.http.guard import Guard

MAX_DAYS = 92


class CountsQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    days: int = Field(14, ge=1, le=MAX_DAYS)
    time_zone: str = Field("UTC", max_length=64, description="Where a day begins, e.g. America/Lima")


class DayView(BaseModel):
    """What was counted on one day, by name; a name with a part is written `name:part`."""

    day: date
    counts: dict[str, int]


class DayList(BaseModel):
    """Oldest first, today last."""

    days: tuple[DayView, ...]


def counts_api(counts: Counts, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("counts", __name__, url_prefix="/api/counts")

    @api.get("", summary="What happened, by day", responses={"200": DayList})
    def days(query: CountsQuery) -> Json:
        found = counts.days(query.days, _zone(query.time_zone))
        return DayList(days=tuple(DayView(day=one.day, counts=one.counts) for one in found)).model_dump(mode="json")

    return api


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        wrong = ({"where": "time_zone", "what": "no such time zone"},)
        raise InvalidArguments("there is no such time zone", errors=wrong) from error
