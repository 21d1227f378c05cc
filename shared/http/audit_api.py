"""`/api/audit`: who did what, for administrators."""

from __future__ import annotations

from flask_openapi import APIBlueprint

from shared.auth.wiring import Auth
from shared.contracts.base import Json
from shared.http.auth_bodies import AuditEntryView, AuditList, AuditQuery
from shared.http.guard import Guard


def audit_api(guard: Guard, auth: Auth) -> APIBlueprint:
    api = guard.blueprint("audit", __name__, url_prefix="/api/audit", role="administrator")

    @api.get("", summary="The audit, newest first", responses={"200": AuditList})
    def list_audit(query: AuditQuery) -> Json:
        with auth.database.read() as connection:
            page = auth.audit.list(connection, before=query.before, limit=query.limit)
        entries = tuple(AuditEntryView.model_validate(one, from_attributes=True) for one in page.entries)
        return AuditList(entries=entries, next_before=page.next_before).model_dump(mode="json")

    return api
