"""The webhook log and the accounts: what providers sent, and whether we can send."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint

from shared.audit import Audit
from shared.http.guard import Guard
from shared.http.responses import json_response
from whatsapp_service import reading
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.views import (
    AccountList,
    AccountPath,
    AccountView,
    BeforeQuery,
    DeliveryPage,
    DeliveryView,
    NoticePage,
    NoticeView,
    Replayed,
    RowPath,
)


def deliveries_api(gateway: Gateway, guard: Guard, audit: Audit) -> APIBlueprint:
    """Bodies hold what people wrote, so even reading the log is for operators."""
    api = guard.blueprint("deliveries", __name__, url_prefix="/api/deliveries", role="operator")

    @api.get("", summary="Deliveries, newest first", responses={"200": DeliveryPage})
    def list_deliveries(query: BeforeQuery) -> Response:
        with gateway.database.read() as connection:
            rows = reading.delivery_page(connection, before=query.before, limit=query.limit)
        views = tuple(DeliveryView.model_validate(dict(row._mapping)) for row in rows)
        return json_response(DeliveryPage(deliveries=views, next=views[-1].id if len(views) == query.limit else None))

    @api.get("/<int:row_id>", summary="A delivery", responses={"200": DeliveryView})
    def get_delivery(path: RowPath) -> Response:
        with gateway.database.read() as connection:
            row = reading.delivery(connection, path.row_id)
        return json_response(DeliveryView.model_validate(dict(row._mapping)))

    @api.get("/<int:row_id>/raw", summary="The body as it came", responses={"200": None})
    def get_raw(path: RowPath) -> Response:
        with gateway.database.read() as connection:
            body = reading.delivery_body(connection, path.row_id)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment; filename=delivery.json"}
        return Response(body, content_type="application/octet-stream", headers=headers)

    @api.post("/<int:row_id>/replay", summary="Read a delivery again", responses={"200": Replayed})
    def replay(path: RowPath) -> Response:
        accepted, actor = gateway.inbox.replay(path.row_id), guard.user().id
        gateway.database.write(lambda connection: audit.record(connection, actor, "delivery.replay", str(path.row_id)))
        return json_response(Replayed(new_messages=len(accepted.message_ids), unparsed=accepted.unparsed))

    return api


def notices_api(gateway: Gateway, guard: Guard) -> APIBlueprint:
    """What came in that is no message."""
    api = guard.blueprint("notices", __name__, url_prefix="/api/notices", role="operator")

    @api.get("", summary="Notices, newest first", responses={"200": NoticePage})
    def list_notices(query: BeforeQuery) -> Response:
        with gateway.database.read() as connection:
            rows = reading.notice_page(connection, before=query.before, limit=query.limit)
        views = tuple(
            NoticeView.model_validate({name: row._mapping[name] for name in NoticeView.model_fields}) for row in rows
        )
        return json_response(NoticePage(notices=views, next=views[-1].id if len(views) == query.limit else None))

    return api


def accounts_api(gateway: Gateway, guard: Guard, audit: Audit) -> APIBlueprint:
    """Our numbers and bots."""
    api = guard.blueprint("accounts", __name__, url_prefix="/api/accounts")

    @api.get("", summary="Accounts", responses={"200": AccountList})
    def list_accounts() -> Response:
        return json_response(AccountList(accounts=tuple(_view(one) for one in gateway.accounts.list())))

    @api.post("/<channel>/<account>/resume", summary="Let a stopped account send", responses={"204": None})
    @guard.require("operator")
    def resume(path: AccountPath) -> Response:
        gateway.resume_account(path.channel, path.account)
        actor, target = guard.user().id, f"{path.channel}:{path.account}"
        gateway.database.write(lambda connection: audit.record(connection, actor, "account.resume", target))
        return Response(status=204)

    return api


def _view(account: object) -> AccountView:
    return AccountView.model_validate(account, from_attributes=True)
