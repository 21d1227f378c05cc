"""`/api/preferences`: what administrators decide for all services."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint

from shared.contracts.base import Json
from shared.http.guard import Guard
from shared.preferences import Preferences, Prices, Retention


def preferences_api(preferences: Preferences, guard: Guard) -> APIBlueprint:
    """Prices are read by everybody who sees the counts."""
    api = guard.blueprint("preferences", __name__, url_prefix="/api/preferences")

    @api.get("/prices", summary="What the model costs", responses={"200": Prices})
    def get_prices() -> Json:
        return preferences.get(Prices).model_dump(mode="json")

    @api.get("/retention", summary="How long records are kept, in days", responses={"200": Retention})
    @guard.require("administrator")
    def get_retention() -> Json:
        return preferences.get(Retention).model_dump(mode="json")

    return api


def preferences_change_api(preferences: Preferences, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("preferences_change", __name__, url_prefix="/api/preferences", role="administrator")

    @api.put("/prices", summary="Say what the model costs", responses={"204": None})
    def set_prices(body: Prices) -> Response:
        preferences.set(guard.user().id, body)
        return Response(status=204)

    @api.put("/retention", summary="Say how long records are kept", responses={"204": None})
    def set_retention(body: Retention) -> Response:
        preferences.set(guard.user().id, body)
        return Response(status=204)

    return api
