"""Approvals above a limit: the tap, then the PIN, and only then the write; throttled, locked, kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from executor_service.connections.model import ConnectionDraft
from executor_service.connections.store import ConnectionStore
from executor_service.metadata import metadata
from executor_service.pins.rules import LOCKED, MAX_WRONG
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Writing
from shared.clock import utc_now
from shared.contracts.base import Json
from shared.contracts.results import APPROVE, REJECT, Approval, Text
from shared.contracts.tasks import AnswerRequest, CallRequest, TaskState
from shared.contracts.turns import Answers, Handled, InputRequest, MediaInput, TextInput, Unhandled
from shared.errors import Conflict, InvalidArguments
from shared.secrets import SecretBox
from tests.fakes.house import SECRET, FakeDirectory, House
from tests.services.databases import on_both_databases

PIN = "4821"
pytestmark = on_both_databases


class Till:
    """Pays what the card says; an executor with a limit of 10,000 and a clock that a test moves."""

    def __init__(self, folder: Path, url: str) -> None:
        self.paid: list[str] = []
        self.ahead = timedelta()
        directory = FakeDirectory()
        directory.grant("ana")
        directory.grant("leo")
        self.house = House(folder, self._tools(), directory=directory, now=self._now, database_url=url)
        store = ConnectionStore(self.house.database, SecretBox(SECRET))
        store.create(ConnectionDraft(id="default", name="ERP", kind="frappe", url="https://erp.example"))
        self.house.limits.save("default", {"PEN": Decimal(10000)})
        self.pins = self.house.second_factor.pins
        self._said = 0

    def _now(self) -> datetime:
        return utc_now() + self.ahead

    def _tools(self) -> Toolbox:
        box = Toolbox("till")

        def pay(context: ToolContext, amount: str) -> Planned:
            """Pays an amount."""
            card = Approval(action="Pagar", document="Factura 7", amount=amount, currency="PEN")
            return Plan(card=card, steps={"amount": amount})

        def do(context: ToolContext, steps: Json) -> Text:
            self.paid.append(steps["amount"])
            return Text(text="pagado")

        box.tool(effect="write", writing=Writing(do=do, find_done=lambda _context, _steps: None))(pay)
        return box

    def ask(self, amount: str, contact: str = "ana") -> TaskState:
        caller = self.house.caller(contact, f"of-{contact}")
        arguments = {"amount": amount}
        request = CallRequest(tool="till.pay", arguments=arguments, caller=caller, key=amount, wait_seconds=60)
        return self.house.executor.call(request).task

    def tap(self, task: TaskState, option: str = APPROVE, contact: str = "ana") -> TaskState:
        self._said += 1
        caller = self.house.caller(contact, f"of-{contact}")
        answer = AnswerRequest(option=option, caller=caller, key=f"tap:{self._said}", wait_seconds=60)
        return self.house.executor.answer(task.id, answer).task

    def write(self, text: str, contact: str = "ana", key: str = "") -> Handled | Answers | object:
        self._said += 1
        caller = self.house.caller(contact, f"of-{contact}")
        request = InputRequest(key=key or f"turn:{self._said}", caller=caller, input=TextInput(text=text))
        return self.house.executor.input(request).outcome


@pytest.fixture
def till(tmp_path: Path, database_url: str) -> Iterator[Till]:
    made = Till(tmp_path, database_url)
    with made.house:
        yield made


def words(outcome: object) -> str:
    assert isinstance(outcome, Handled)
    assert outcome.is_secret
    return str(outcome.rows[0].data["parts"][0]["text"])


def said(task: TaskState) -> str:
    return task.parts[0].text  # type: ignore[union-attr]


def test_up_to_the_limit_the_tap_is_enough(till: Till) -> None:
    assert till.tap(till.ask("10000")).status == "succeeded"


def test_above_the_limit_nothing_is_written_before_the_pin(till: Till) -> None:
    till.pins.save("ana", PIN)
    task = till.tap(till.ask("12000"))
    assert (task.status, till.paid) == ("waiting", [])
    assert "S/" in said(task)
    assert "Escribe tu PIN" in said(task)
    assert till.tap(task).status == "waiting"  # a second tap is no PIN
    answers = till.write(PIN)
    assert answers == Answers(task_id=task.id, option=APPROVE, is_secret=True)
    assert till.tap(task).status == "succeeded"
    assert till.paid == ["12000"]


def test_spoken_pin_is_none(till: Till) -> None:
    till.pins.save("ana", PIN)
    task = till.tap(till.ask("12000"))
    note = MediaInput(media="audio", media_type="audio/ogg", artifact_id="a1", transcript=PIN)
    request = InputRequest(key="voice", caller=till.house.caller("ana", "of-ana"), input=note)
    assert isinstance(till.house.executor.input(request).outcome, Unhandled)
    assert till.tap(task).status == "waiting"
    assert till.paid == []


def test_pin_is_good_for_the_one_card_only(till: Till) -> None:
    till.pins.save("ana", PIN)
    task = till.tap(till.ask("12000"))
    till.write(PIN)
    assert till.tap(till.ask("13000")).status == "waiting"
    assert till.tap(task).status == "succeeded"
    assert till.paid == ["12000"]


def test_repeated_message_gives_the_same_answer_and_counts_once(till: Till) -> None:
    till.pins.save("ana", PIN)
    till.tap(till.ask("12000"))
    assert till.write("9517", key="again") == till.write("9517", key="again")
    assert till.pins.tries_left("ana") == MAX_WRONG - 1
    assert till.write(PIN, key="right") == till.write(PIN, key="right")


def test_wrong_pins_lock_it_and_time_or_an_administrator_opens_it(till: Till) -> None:
    till.pins.save("ana", PIN)
    till.tap(till.ask("12000"))
    told = [words(till.write("9517")) for _ in range(MAX_WRONG)]
    assert "Te quedan 4 intentos" in told[0]
    assert "bloqueado" in told[-1]
    assert "bloqueado" in words(till.write(PIN))
    till.ahead = LOCKED + timedelta(seconds=1)
    till.tap(till.ask("13000"))
    assert isinstance(till.write(PIN), Answers)
    assert till.paid == []


def test_tries_at_the_same_moment_are_all_counted(till: Till) -> None:
    till.pins.save("ana", PIN)
    tried = 4 * MAX_WRONG
    with ThreadPoolExecutor(tried) as pool:
        came_to = list(pool.map(lambda number: till.pins.try_pin("ana", f"95{number:02}"), range(tried)))
    assert came_to.count("wrong") == MAX_WRONG - 1
    assert till.pins.try_pin("ana", PIN) == "locked"


def test_pin_written_too_late_says_so(till: Till) -> None:
    till.pins.save("ana", PIN)
    till.tap(till.ask("12000"))
    till.ahead = timedelta(minutes=16)
    assert not isinstance(till.write(PIN), Answers)
    assert till.paid == []


def test_person_without_a_pin_makes_one_and_approves_with_it(till: Till) -> None:
    task = till.tap(till.ask("12000"))
    assert "crear PIN" in said(task)
    assert "de 4 a 8 cifras" in words(till.write("crear PIN"))
    assert "fácil" in words(till.write("1234"))
    assert "guardado" in words(till.write(PIN))
    assert isinstance(till.write(PIN), Answers)
    assert till.tap(task).status == "succeeded"


def test_pin_is_changed_only_by_who_knows_it(till: Till) -> None:
    till.pins.save("ana", PIN)
    assert "actual" in words(till.write("cambiar pin"))
    assert "no es tu PIN" in words(till.write("9517"))
    assert "nuevo" in words(till.write(PIN))
    assert "guardado" in words(till.write("9517"))
    assert till.pins.try_pin("ana", "9517") == "right"


def test_digits_that_nobody_asked_for_are_an_ordinary_message(till: Till) -> None:
    till.pins.save("ana", PIN)
    assert till.write("2026").kind == "unhandled"  # type: ignore[attr-defined]


def test_another_persons_pin_approves_nothing(till: Till) -> None:
    till.pins.save("ana", PIN)
    till.pins.save("leo", "7305")
    till.tap(till.ask("12000"))
    assert till.write("7305", contact="leo").kind == "unhandled"  # type: ignore[attr-defined]
    assert "no es tu PIN" in words(till.write("7305"))
    assert till.paid == []


def test_rejecting_needs_no_pin(till: Till) -> None:
    assert till.tap(till.ask("12000"), REJECT).status == "cancelled"


@pytest.mark.parametrize("pin", ["123", "0000", "abcd", "4821a", "482130975"])
def test_pin_that_is_none_is_not_kept(till: Till, pin: str) -> None:
    with pytest.raises(InvalidArguments):
        till.pins.save("ana", pin)


def test_pin_stands_nowhere_in_the_database(till: Till) -> None:
    till.write("crear pin")
    till.write(PIN)
    task = till.tap(till.ask("12000"))
    till.write("95174")
    till.write(PIN)
    till.tap(task)
    assert not found_in(till.house, PIN)
    assert not found_in(till.house, "95174")


def found_in(house: House, text: str) -> list[str]:
    """The tables of the executor that hold a text in a word of their own."""
    kept: MetaData = metadata
    with house.database.read() as connection:
        rows = [(table.name, list(row)) for table in kept.sorted_tables for row in connection.execute(select(table))]
    return [name for name, row in rows if f'"{text}"' in json.dumps(row, default=str)]


def test_card_that_changed_meanwhile_is_not_approved(till: Till) -> None:
    task = till.ask("10000")
    till.tap(task)
    with pytest.raises(Conflict):
        till.tap(task)
