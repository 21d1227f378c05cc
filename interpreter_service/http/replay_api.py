"""`POST /api/cases/run`: the saved cases, replayed through the interpreter that needs no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_openapi import APIBlueprint
from pydantic import BaseModel

from interpreter_service.evaluation.judge import Verdict
from interpreter_service.evaluation.replay import Judged, Replay
from interpreter_service.evaluation.saved import SavedCases
from shared.clock import Clock
from shared.contracts.base import Json
from shared.contracts.tools import ToolSpec
from shared.http.guard import Guard

MOST_AT_ONCE = 200
"""A request does not take longer than a person waits; `recado eval` replays more."""


class CaseResult(BaseModel):
    """`did` is what the interpreter called or said, `expected` what is right."""

    id: str
    text: str
    verdict: Verdict
    did: str
    expected: str
    route: str
    seconds: float


class CaseResults(BaseModel):
    """The oldest cases first; `left_out` were not replayed, being too many for a request."""

    results: tuple[CaseResult, ...]
    left_out: int


def replay_api(saved: SavedCases, tools: Callable[[], Sequence[ToolSpec]], guard: Guard, now: Clock) -> APIBlueprint:
    api = guard.blueprint("admin_replay", __name__, url_prefix="/api/cases", role="operator")

    @api.post("/run", summary="Replay the saved cases without a model", responses={"200": CaseResults})
    def run() -> Json:
        cases = saved.list()
        with TemporaryDirectory() as folder, Replay(tools(), now().date(), Path(folder)) as replay:
            results = tuple(_result(one) for one in replay.play(islice(cases, MOST_AT_ONCE)))
        return CaseResults(results=results, left_out=len(cases) - len(results)).model_dump(mode="json")

    return api


def _result(one: Judged) -> CaseResult:
    return CaseResult(
        id=one.case.id,
        text=one.case.text,
        verdict=one.verdict,
        did=one.reaction.label,
        expected=one.expected,
        route=one.route,
        seconds=one.seconds,
    )
