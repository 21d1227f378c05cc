"""Plays cases through an interpreter as turns of conversations of their own, and judges what it does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from interpreter_service.agent.model import ChatModel
from interpreter_service.evaluation.cases import RESULT_BEFORE, Case
from interpreter_service.evaluation.judge import Reaction, Verdict, expectation, judge
from interpreter_service.evaluation.stage import Stage
from interpreter_service.interpreter import Interpreter
from interpreter_service.options import options_in
from interpreter_service.tables import metadata
from shared.contracts.callers import ContactCaller
from shared.contracts.messages import Part
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import HistoryTurn, PastCall, TapInput, TextInput, TurnInput, TurnRequest, TurnResponse
from shared.database import Database
from shared.tokens import Tokens


@dataclass(frozen=True)
class Judged:
    """A case with what was done, what was expected, and how long the turn took."""

    case: Case
    reaction: Reaction
    verdict: Verdict
    expected: str
    route: str
    seconds: float


class Replay:
    """An interpreter over a database of its own in a folder; with a model, the agent is judged."""

    def __init__(self, specs: Sequence[ToolSpec], today: date, folder: Path, *, model: ChatModel | None = None) -> None:
        self._tools = {spec.name: spec for spec in specs}
        self._today = today
        self._stage = Stage(specs, today)
        self._database = Database(f"sqlite:///{folder / 'replay.sqlite3'}")
        self._database.write(metadata.create_all)
        self._tokens = Tokens("replays are signed with a key of their own")
        self._interpreter = Interpreter(self._database, self._stage, self._tokens, model=model)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._database.close()

    def play(self, cases: Iterable[Case]) -> Iterator[Judged]:
        """The cases one by one, judged."""
        for case in cases:
            began = time.perf_counter()
            response = self._turn(case, TextInput(text=case.text))
            seconds = time.perf_counter() - began
            reaction = self._reaction(case, response)
            verdict = judge(case, reaction, self._tools, self._today)
            yield Judged(case, reaction, verdict, expectation(case, self._tools), response.route, seconds)

    def _turn(self, case: Case, given: TurnInput, name: str = "") -> TurnResponse:
        self._stage.begin(case.context.not_permitted)
        caller = ContactCaller(
            contact_id=f"contact {case.id}"[:64],
            conversation_id=f"conversation {case.id}"[:64],
            channel="web",
            account="evaluation",
            language=case.language,
        )
        request = TurnRequest(
            turn_id=f"{name or 'turn'} {case.id}"[:64],
            caller=self._tokens.sign(caller),
            input=given,
            history=_history(case),
        )
        return self._interpreter.turn(request)

    def _reaction(self, case: Case, response: TurnResponse) -> Reaction:
        calls, approvals = tuple(self._stage.made), self._stage.approvals
        is_question = response.awaiting == "question"
        parts = [part for reply in response.replies for part in reply.parts]
        offered = self._behind(case, parts) if is_question and case.expected.offered else ()
        return Reaction(calls, is_question, offered, approved_itself=approvals > 0)

    def _behind(self, case: Case, parts: Sequence[Part]) -> tuple[str, ...]:
        """The tools that the options of a question call, found out by tapping each."""
        tools: list[str] = []
        for place, option in enumerate(options_in(parts)):
            self._turn(case, TapInput(option=option.id, title=option.title), f"tap{place}")
            tools += [call.tool for call in self._stage.made]
        return tuple(tools)


def _history(case: Case) -> tuple[HistoryTurn, ...]:
    last = case.context.last
    if last is None:
        return ()
    call = PastCall(task_id=RESULT_BEFORE, tool=last.tool, arguments=last.arguments or {})
    return (HistoryTurn(turn_id="before", calls=(call,)),)
