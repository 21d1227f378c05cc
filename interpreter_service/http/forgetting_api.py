"""`DELETE /api/contacts/<id>`: everything that the interpreter knows of a contact goes."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from interpreter_service.store import Store
from shared.audit import Audit
from shared.http.guard import Guard


class ContactPath(BaseModel):
    contact_id: str = Field(max_length=64)


def forgetting_api(store: Store, guard: Guard, audit: Audit) -> APIBlueprint:
    api = guard.blueprint("forgetting", __name__, url_prefix="/api/contacts", role="administrator")

    @api.delete("/<contact_id>", summary="Forget a contact: turns, plans, offers, cases", responses={"204": None})
    def forget(path: ContactPath) -> Response:
        actor = guard.user().id

        def note(connection: Connection) -> None:
            audit.record(connection, actor, "contact.forget", path.contact_id, {"room": "interpreter"})

        store.erase_contact(path.contact_id, note)
        return Response(status=204)

    return api
