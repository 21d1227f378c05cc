"""The bodies of `/api/flows/{id}/simulate` and `/test`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from executor_service.flows.checks.checks import FindingView
from executor_service.flows.session_model import SessionStatus, WaitKind
from executor_service.flows.simulation.expectations import options_of, text_of
from executor_service.flows.simulation.scripts import MAX_MOCKS, Name, Scene, Step, Steps
from executor_service.flows.simulation.simulator import Beat, Called, Simulator
from shared.contracts.base import Contract, Json
from shared.contracts.messages import Part


class Simulation(BaseModel):
    """All steps from the beginning: nothing is kept between requests. Without `draft` the saved one is played."""

    model_config = ConfigDict(extra="forbid")

    draft: Json | None = None
    scene: Scene = Scene()
    steps: Steps = ()
    real: Annotated[tuple[Name, ...], Field(max_length=MAX_MOCKS)] = ()
    """Nodes whose calls are really made, once their mocks are used up. Administrators only."""
    contact_id: str = Field(default="", max_length=40)
    """Whose rights real tools get; they only read."""


class Testing(BaseModel):
    """Without `draft` the saved one is tested."""

    model_config = ConfigDict(extra="forbid")

    draft: Json | None = None


class Tested(Contract):
    """How many flow tests there are, and those that fail, in words."""

    tests: int
    findings: tuple[FindingView, ...]


class CallView(Contract):
    """`answer`: where the result is from; a `placeholder` says nothing. The result is what a mock would repeat."""

    node_id: str
    kind: str
    payload: Json
    answer: Literal["mock", "placeholder", "real"]
    status: str
    value: Any
    error: str
    text: str

    @classmethod
    def of(cls, call: Called) -> CallView:
        returned = call.returned
        return cls(
            node_id=call.node_id,
            kind=call.kind,
            payload=call.payload,
            answer=call.answer,
            status=returned.status,
            value=returned.value,
            error=returned.error,
            text="\n".join(text_of(part) for part in returned.parts),
        )


class BeatView(Contract):
    """What a step came to; `step` 0 is the start. After a trouble nothing more is played."""

    step: int
    said: tuple[tuple[Part, ...], ...]
    path: tuple[str, ...] = Field(description="Nodes in the order they were entered")
    calls: tuple[CallView, ...]
    errors: tuple[Json, ...]
    trouble: str | None


class StandingView(Contract):
    """How it stands: what is waited for, where, and what can be tapped."""

    status: SessionStatus
    reason: str
    node_id: str | None
    waits_for: WaitKind | None
    options: tuple[str, ...]
    timeout_seconds: float | None
    until: datetime | None
    variables: Json
    contact: Json
    globals: Json
    now: datetime

    @classmethod
    def of(cls, simulator: Simulator) -> StandingView:
        session, wait = simulator.session, simulator.session.wait
        return cls(
            status=session.status,
            reason=session.reason,
            node_id=session.frames[-1].node_id if session.frames else None,
            waits_for=wait.kind if wait else None,
            options=options_of(session),
            timeout_seconds=wait.timeout_seconds if wait else None,
            until=wait.until if wait else None,
            variables=session.variables,
            contact=simulator.world.contact,
            globals=simulator.world.globals,
            now=simulator.world.now,
        )


class Simulated(Contract):
    beats: tuple[BeatView, ...]
    standing: StandingView


def beat_view(number: int, beat: Beat, steps: Sequence[Step], trouble: str | None) -> BeatView:
    """An expectation repeats nothing of what the input before it came to."""
    is_input = number == 0 or steps[number - 1].kind != "expect"
    return BeatView(
        step=number,
        said=tuple(message.parts for message in beat.said) if is_input else (),
        path=tuple(beat.path) if is_input else (),
        calls=tuple(map(CallView.of, beat.calls)),
        errors=tuple(beat.errors),
        trouble=trouble,
    )
