"""`/api/turns`: what was asked, how it was answered and what it cost, for the console."""

from __future__ import annotations

from datetime import datetime

from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from interpreter_service.store import Store, TurnSummary
from shared.contracts.base import Json
from shared.errors import InvalidArguments
from shared.http.guard import Guard

PLACE = "~"


class TurnQuery(BaseModel):
    """`before` is `next_before` of the page before."""

    model_config = ConfigDict(extra="forbid")

    before: str = Field("", max_length=120)
    limit: int = Field(50, ge=1, le=200)
    conversation_id: str = Field("", max_length=64)
    contact_id: str = Field("", max_length=64)


class TurnPath(BaseModel):
    turn_id: str = Field(max_length=64)


class TurnView(BaseModel):
    """One turn; `status` is answered, asked (something of the person) or pending (on a task)."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    contact_id: str
    conversation_id: str
    route: str
    status: str
    calls: int
    model_calls: int
    tokens_in: int
    tokens_out: int
    started_at: datetime
    ended_at: datetime


class TurnPage(BaseModel):
    turns: tuple[TurnView, ...]
    next_before: str | None = None


class TurnDetailView(BaseModel):
    """A turn with what came in, what was answered and each reply of the model; bodies are null after the retention."""

    turn: TurnView
    request: Json | None
    response: Json | None
    model_replies: tuple[Json, ...]


def admin_api(store: Store, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("admin_turns", __name__, url_prefix="/api/turns", role="viewer")

    @api.get("", summary="Turns, newest first", responses={"200": TurnPage})
    def list_turns(query: TurnQuery) -> Json:
        found = store.turns(
            before=_place(query.before),
            limit=query.limit,
            conversation_id=query.conversation_id,
            contact_id=query.contact_id,
        )
        following = _written(found[-1]) if len(found) == query.limit else None
        views = tuple(TurnView.model_validate(one) for one in found)
        return TurnPage(turns=views, next_before=following).model_dump(mode="json")

    @api.get("/<turn_id>", summary="One turn", responses={"200": TurnDetailView})
    def show_turn(path: TurnPath) -> Json:
        detail = store.turn(path.turn_id)
        return TurnDetailView(
            turn=TurnView.model_validate(detail.summary),
            request=detail.request,
            response=detail.response,
            model_replies=detail.model_replies,
        ).model_dump(mode="json")

    return api


def _written(turn: TurnSummary) -> str:
    return f"{turn.started_at.isoformat()}{PLACE}{turn.id}"


def _place(before: str) -> tuple[datetime, str] | None:
    if not before:
        return None
    moment, _, turn_id = before.partition(PLACE)
    try:
        started_at = datetime.fromisoformat(moment)
        if started_at.tzinfo is None:
            raise ValueError("no zone")
    except ValueError as error:
        wrong = ({"where": "before", "what": "not a place in the list"},)
        raise InvalidArguments("before is not a place in the list", errors=wrong) from error
    return started_at, turn_id
