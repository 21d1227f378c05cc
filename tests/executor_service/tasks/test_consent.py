"""Planned writes: exactly what the card was for is done, once, and what nobody knows is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Question, Writing
from executor_service.tables import tasks
from shared.clock import utc_now
from shared.contracts.base import Json
from shared.contracts.results import Approval, Choice, Text
from shared.contracts.tasks import AnswerRequest, CallRequest, TaskState
from shared.errors import ErpUnreachable, InvalidArguments, RecadoError, UnknownOutcome
from tests.fakes.house import FakeDirectory, House, options


@dataclass
class Ledger:
    """Something to write to, which can be slow to tell that it was written to."""

    written: list[str] = field(default_factory=list)
    after: RecadoError | None = None
    looking: RecadoError | None = None

    def tools(self) -> Toolbox:
        box = Toolbox("ledger")
        box.tool(effect="write", writing=Writing(do=self.do, find_done=self.find_done))(self.note)
        return box

    def note(self, context: ToolContext, text: str) -> Planned:
        """Writes a text down."""
        if text == "which":
            return Question(
                choice=Choice(question="Which?", options=options("one", "two", "three"), parameter="text"),
                values={"1": "first", "2": "second", "3": "again"},
            )
        if text == "what":
            asked = options("first", "second")
            named = (asked[0].model_copy(update={"id": "approve"}), asked[1].model_copy(update={"id": "reject"}))
            return Question(choice=Choice(question="What?", options=named, parameter="text"))
        if text == "again":
            return Question(choice=Choice(question="And?", options=options("three", "four"), parameter="text"))
        return Plan(card=Approval(action="Note", document=text), steps={"text": text})

    def do(self, context: ToolContext, steps: Json) -> Text:
        self.written.append(steps["text"])
        if self.after is not None:
            raise self.after
        return Text(text=f"wrote {steps['text']}")

    def find_done(self, context: ToolContext, steps: Json) -> Text | None:
        if self.looking is not None:
            raise self.looking
        return Text(text=f"found {steps['text']}") if steps["text"] in self.written else None


def house(folder: Path, ledger: Ledger) -> House:
    directory = FakeDirectory()
    directory.grant("ana")
    return House(folder, ledger.tools(), directory=directory)


def ask(made: House, text: str) -> TaskState:
    request = CallRequest(tool="ledger.note", arguments={"text": text}, caller=made.caller(), key="k", wait_seconds=60)
    return made.executor.call(request).task


def tap(made: House, task: TaskState, option: str, key: str = "a") -> TaskState:
    answer = AnswerRequest(option=option, caller=made.caller(), key=key, wait_seconds=60)
    return made.executor.answer(task.id, answer).task


def test_nothing_is_written_before_the_tap_and_the_steps_after_it(tmp_path: Path) -> None:
    ledger = Ledger()
    with house(tmp_path, ledger) as made:
        task = ask(made, "x")
        assert isinstance(task.waiting_for, Approval)
        assert ledger.written == []
        assert tap(made, task, "approve").results == (Text(text="wrote x"),)
    assert ledger.written == ["x"]


def test_two_taps_write_once(tmp_path: Path) -> None:
    ledger = Ledger()
    with house(tmp_path, ledger) as made:
        task = ask(made, "x")
        tap(made, task, "approve", "first tap")
        with pytest.raises(RecadoError) as raised:
            tap(made, task, "approve", "second tap")
        assert raised.value.code == "conflict"
    assert ledger.written == ["x"]


def test_rejected_plan_writes_nothing(tmp_path: Path) -> None:
    ledger = Ledger()
    with house(tmp_path, ledger) as made:
        assert tap(made, ask(made, "x"), "reject").status == "cancelled"
    assert ledger.written == []


def test_answered_question_leads_to_the_card_of_the_value_behind_the_option(tmp_path: Path) -> None:
    ledger = Ledger()
    with house(tmp_path, ledger) as made:
        task = tap(made, ask(made, "which"), "2")
        assert isinstance(task.waiting_for, Approval)
        assert task.waiting_for.document == "second"
        assert tap(made, task, "approve", "b").status == "succeeded"
    assert ledger.written == ["second"]


def test_second_tap_on_a_question_whose_option_is_called_approve_is_no_consent(tmp_path: Path) -> None:
    ledger = Ledger()
    with house(tmp_path, ledger) as made:
        question = ask(made, "what")
        assert isinstance(question.waiting_for, Choice)
        tapped = question.waiting_for.options[0].id
        card = tap(made, question, tapped, "first tap")
        assert isinstance(card.waiting_for, Approval)
        assert card.waiting_for.document == "approve"
        with pytest.raises(InvalidArguments):
            tap(made, question, tapped, "second tap")
        assert ledger.written == []
        tap(made, question, "approve", "the card")
    assert ledger.written == ["approve"]


def test_second_tap_on_a_question_does_not_answer_the_next_one(tmp_path: Path) -> None:
    ledger = Ledger()
    with house(tmp_path, ledger) as made:
        first = ask(made, "which")
        second = tap(made, first, "3", "first tap")
        assert isinstance(second.waiting_for, Choice)
        assert second.waiting_for.question == "And?"
        with pytest.raises(InvalidArguments):
            tap(made, first, "1", "second tap")
        card = tap(made, first, second.waiting_for.options[0].id, "the answer")
        assert isinstance(card.waiting_for, Approval)
        assert card.waiting_for.document == "1"


def test_write_without_an_answer_is_looked_up_and_told_as_done(tmp_path: Path) -> None:
    ledger = Ledger(after=UnknownOutcome("no answer"))
    with house(tmp_path, ledger) as made:
        task = tap(made, ask(made, "x"), "approve")
    assert (task.status, task.results) == ("succeeded", (Text(text="found x"),))
    assert ledger.written == ["x"]


def test_write_that_cannot_be_looked_up_is_told_as_unknown(tmp_path: Path) -> None:
    ledger = Ledger(after=UnknownOutcome("no answer"), looking=ErpUnreachable("down"))
    with house(tmp_path, ledger) as made:
        task = tap(made, ask(made, "x"), "approve")
    assert task.status == "failed"
    assert task.error is not None
    assert task.error.reason == "unknown_outcome"
    assert "Revísalo" in task.error.text


@pytest.mark.parametrize(("written", "status"), [(["x"], "succeeded"), ([], "failed")])
def test_write_of_a_dead_process_is_looked_up_never_repeated(tmp_path: Path, written: list[str], status: str) -> None:
    ledger = Ledger(written=list(written))
    with house(tmp_path, ledger) as made:
        task = ask(made, "x")
        dead = {
            "status": "running",
            "answers": {"approval": "approve", "plan": {"text": "x"}},
            "lease_until": utc_now() - timedelta(seconds=1),
            "waiting_for": None,
            "fence": 7,
        }
        made.database.write(lambda c: c.execute(update(tasks).where(tasks.c.id == task.id).values(dead)))
        ended = made.runner.watches.wait(task.id, 60)
    assert ended.status == status
    assert ledger.written == written
    assert ended.error is None or ended.error.reason == "unknown_outcome"
