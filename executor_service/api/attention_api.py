"""`/api/attention`: what a person should look at now."""

from __future__ import annotations

from datetime import datetime

from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict

from executor_service.attention import Look
from shared.contracts.base import Json
from shared.http.guard import Guard


class ErpTroubleView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    reason: str
    at: datetime


class FailingToolView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    tool: str
    calls: int
    failed: int


class AttentionView(BaseModel):
    """`waiting` counts tasks that wait for a person; `tools` failed in at least half of their calls of the last day."""

    model_config = ConfigDict(from_attributes=True)

    waiting: int
    erp: ErpTroubleView | None
    tools: tuple[FailingToolView, ...]


def attention_api(look: Look, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("attention", __name__, url_prefix="/api/attention")

    @api.get("", summary="What needs a person now", responses={"200": AttentionView})
    def attention() -> Json:
        return AttentionView.model_validate(look.attention()).model_dump(mode="json")

    return api
