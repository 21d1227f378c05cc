"""`POST /webhooks/erpnext/{connection}`, where an ERP tells what happened, and how an administrator sets it up."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_openapi import APIBlueprint

from executor_service.api.connection_bodies import ConnectionPath
from executor_service.api.noting import Noting
from executor_service.connections.directory import ErpDirectory
from executor_service.hooks.intake import MAX_BODY_BYTES, Intake
from executor_service.hooks.notice import BODY, EVENTS
from executor_service.hooks.signature import HEADER
from shared.contracts.base import Contract, Timestamp
from shared.http.guard import Guard
from shared.http.responses import json_response

PATH = "/webhooks/erpnext"


class Accepted(Contract):
    """`is_new` is false for what was told before."""

    is_new: bool


class WebhookView(Contract):
    """How the webhooks of a site are set up: one for each DocType and event, all with this URL, body and secret.

    `secret` is there only in the answer that made it.
    """

    url: str
    method: str = "POST"
    body: str = BODY
    events: tuple[str, ...] = EVENTS
    is_set: bool
    made_at: Timestamp | None = None
    secret: str | None = None


def erp_webhook(intake: Intake) -> Blueprint:
    """The route that an ERP calls; what it answers is seen in the ERP's Webhook Request Log."""
    blueprint = Blueprint("erp_webhook", __name__, url_prefix=PATH)

    @blueprint.post("/<connection_id>")
    def tell(connection_id: str) -> Response:
        request.max_content_length = MAX_BODY_BYTES
        raw = request.get_data(cache=True)
        is_new = intake.accept(connection_id, raw, request.headers.get(HEADER, ""))
        return json_response(Accepted(is_new=is_new))

    return blueprint


def webhook_api(directory: ErpDirectory, guard: Guard, noting: Noting, base: str) -> APIBlueprint:
    """For administrators. `base` is the executor's public address."""
    api = guard.blueprint("webhook", __name__, url_prefix="/api", role="administrator")

    def view(connection_id: str, secret: str | None = None) -> WebhookView:
        found = directory.webhooks.find(directory.connections.get(connection_id).id)
        return WebhookView(
            url=f"{base}{PATH}/{connection_id}",
            is_set=found is not None,
            made_at=found.made_at if found else None,
            secret=secret,
        )

    @api.get("/connections/<connection_id>/webhook", summary="What to enter in ERPNext", responses={"200": WebhookView})
    def show(path: ConnectionPath) -> Response:
        return json_response(view(path.connection_id))

    @api.post("/connections/<connection_id>/webhook", summary="A new secret", responses={"200": WebhookView})
    def renew(path: ConnectionPath) -> Response:
        secret = directory.webhooks.renew(path.connection_id)
        noting.note("connection.webhook", path.connection_id)
        return json_response(view(path.connection_id, secret))

    @api.delete("/connections/<connection_id>/webhook", summary="Believe it no more", responses={"204": None})
    def remove(path: ConnectionPath) -> Response:
        directory.webhooks.delete(directory.connections.get(path.connection_id).id)
        noting.note("connection.webhook.delete", path.connection_id)
        return Response(status=204)

    return api
