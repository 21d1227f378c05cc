"""`/api/retention/old`: how much of a service's records is older than it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from flask_openapi import APIBlueprint

from shared.clock import Clock
from shared.contracts.base import Contract, Json
from shared.http.guard import Guard
from shared.preferences import Preferences, Retention
from shared.retention import Kind, Sweep, old_of


class OldRecords(Contract):
    """Rows and files that the next daily sweep removes, by kind."""

    old: dict[Kind, int]


def old_records_api(sweeps: Sequence[Sweep], preferences: Preferences, guard: Guard, now: Clock) -> APIBlueprint:
    api = guard.blueprint("old_records", __name__, url_prefix="/api/retention/old", role="administrator")

    @api.get("", summary="What the next sweep removes", responses={"200": OldRecords})
    def old_records() -> Json:
        kept, moment = preferences.get(Retention), now()
        old = {kind: number for sweep in sweeps for kind, number in old_of(sweep, kept, moment).items()}
        return OldRecords(old=old).model_dump(mode="json")

    return api
