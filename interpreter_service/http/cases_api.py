"""`POST /api/turns/{id}/case` and `/api/cases`: turns of the log saved as cases for the evaluation."""

from __future__ import annotations

from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from interpreter_service.evaluation.cases import Case
from interpreter_service.evaluation.saved import SavedCases, expected_of
from shared.clock import Clock
from shared.contracts.base import Json
from shared.http.guard import Guard


class CaseDraft(BaseModel):
    """What the turn should have done: `{"tool", "arguments"}`, `{"any": [...]}`, `{"clarify": true}` or
    `{"refuse": true}`. Without it, what the turn did was right."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field("", max_length=40)
    expected: Json | None = None


class CasedTurnPath(BaseModel):
    turn_id: str = Field(max_length=64)


class CasePath(BaseModel):
    case_id: str = Field(max_length=80)


class CaseList(BaseModel):
    """Oldest first; each is a line of the file that `recado eval` reads."""

    cases: tuple[Case, ...]


def cases_api(saved: SavedCases, guard: Guard, now: Clock) -> APIBlueprint:
    api = guard.blueprint("admin_cases", __name__, url_prefix="/api", role="operator")

    @api.post("/turns/<turn_id>/case", summary="Save a turn as a case", responses={"200": Case})
    def save_case(path: CasedTurnPath, body: CaseDraft) -> Json:
        expected = expected_of(body.expected) if body.expected is not None else None
        return saved.save(path.turn_id, now(), kind=body.kind, expected=expected).model_dump(mode="json")

    @api.get("/cases", summary="Saved cases", responses={"200": CaseList})
    def list_cases() -> Json:
        return CaseList(cases=saved.list()).model_dump(mode="json")

    @api.delete("/cases/<case_id>", summary="Delete a case", responses={"204": None})
    def delete_case(path: CasePath) -> tuple[str, int]:
        saved.delete(path.case_id)
        return "", 204

    return api
