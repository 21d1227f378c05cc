"""`/api/flows/{id}/accounts`: the service accounts as which a flow's tool nodes may act."""

from __future__ import annotations

from typing import Annotated

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field, StrictStr

from executor_service.api.flow_bodies import FlowPath
from executor_service.api.noting import Noting
from executor_service.flows.desk import FlowDesk
from executor_service.flows.nodes.tool import ACCOUNT
from executor_service.flows.service_accounts import ServiceAccounts
from shared.contracts.base import Contract
from shared.http.guard import Guard
from shared.http.responses import json_response

AccountName = Annotated[StrictStr, Field(pattern=ACCOUNT)]


class AllowedAccounts(Contract):
    """By name. Each is the link of `service:<name>`, which `/api/links` makes."""

    accounts: tuple[str, ...]


class AllowAccounts(BaseModel):
    model_config = ConfigDict(extra="forbid")

    accounts: tuple[AccountName, ...] = Field(max_length=20)


def accounts_api(desk: FlowDesk, accounts: ServiceAccounts, guard: Guard, noting: Noting) -> APIBlueprint:
    """For administrators: whoever starts such a flow reads with the account's rights."""
    api = guard.blueprint("flow_accounts", __name__, url_prefix="/api/flows", role="administrator")

    @api.get("/<flow_id>/accounts", summary="Service accounts of a flow", responses={"200": AllowedAccounts})
    def allowed(path: FlowPath) -> Response:
        return json_response(AllowedAccounts(accounts=accounts.of_flow(desk.store.get(path.flow_id).id)))

    @api.put("/<flow_id>/accounts", summary="Allow service accounts", responses={"200": AllowedAccounts})
    def allow(path: FlowPath, body: AllowAccounts) -> Response:
        flow_id = desk.store.get(path.flow_id).id
        accounts.allow(flow_id, body.accounts, by=guard.user().id)
        noting.note("flow.accounts", flow_id, {"accounts": ", ".join(body.accounts)})
        return json_response(AllowedAccounts(accounts=accounts.of_flow(flow_id)))

    return api
