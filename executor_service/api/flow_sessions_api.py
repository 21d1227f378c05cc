"""`/api/flow-sessions`: which flows people are or were in, and step by step what happened there. Viewers look."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from executor_service.flows.history import History, SessionHistory, SessionSummary
from shared.contracts.base import Contract
from shared.http.guard import Guard
from shared.http.responses import json_response


class SessionsQuery(BaseModel):
    """Of one conversation, or of one flow."""

    model_config = ConfigDict(extra="forbid")

    conversation_id: str = Field("", max_length=40)
    flow_id: str = Field("", max_length=40)
    limit: int = Field(50, ge=1, le=200)

    @model_validator(mode="after")
    def _is_of_one(self) -> SessionsQuery:
        if bool(self.conversation_id) == bool(self.flow_id):
            raise PydanticCustomError("of_one", "give conversation_id or flow_id")
        return self


class SessionPath(BaseModel):
    session_id: str = Field(max_length=40)


class SessionList(Contract):
    """Newest first."""

    sessions: tuple[SessionSummary, ...]


def flow_sessions_api(history: History, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("flow_sessions", __name__, url_prefix="/api/flow-sessions")

    @api.get("", summary="Sessions of a conversation or flow", responses={"200": SessionList})
    def sessions(query: SessionsQuery) -> Response:
        return json_response(SessionList(sessions=history.recent(**query.model_dump())))

    @api.get("/<session_id>", summary="What happened in a session", responses={"200": SessionHistory})
    def session(path: SessionPath) -> Response:
        return json_response(history.of(path.session_id))

    return api
