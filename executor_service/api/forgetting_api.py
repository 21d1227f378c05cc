"""`DELETE /api/contacts/<id>`: everything that the executor knows of a contact goes."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, Field

from executor_service.forgetting import Forgetting
from shared.http.guard import Guard


class ContactPath(BaseModel):
    contact_id: str = Field(max_length=40)


def forgetting_api(forgetting: Forgetting, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("forgetting", __name__, url_prefix="/api/contacts", role="administrator")

    @api.delete("/<contact_id>", summary="Forget a contact: link, tasks, files, schedules", responses={"204": None})
    def forget(path: ContactPath) -> Response:
        forgetting.forget(guard.user().id, path.contact_id)
        return Response(status=204)

    return api
