"""What rules say: written once per key, as event rows, with the outcome that a repeated input gets again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from executor_service.events.log import EventLog, NewEvent
from executor_service.tables import inputs
from shared.clock import Clock
from shared.contracts.base import Json
from shared.contracts.callers import ContactCaller
from shared.contracts.events import Event, EventType
from shared.contracts.messages import Reply, TextPart
from shared.contracts.turns import Answers, Handled, InputRequest, InputResponse
from shared.database import Database

KEEP = insert(inputs)
BY_KEY = select(inputs.c.outcome).where(inputs.c.key == bindparam("key"))


@dataclass(frozen=True)
class Ruling:
    """What a rule says to the contact and does to the conversation."""

    rule: str
    text: str
    conversation: Json | None = None
    is_secret: bool = False
    """The message held a secret."""


class Rulings:
    """The outcomes of inputs."""

    def __init__(self, database: Database, log: EventLog, now: Clock) -> None:
        self._database = database
        self._log = log
        self._now = now

    def find(self, key: str) -> InputResponse | None:
        """What an input with this key came to before."""
        with self._database.read() as connection:
            return _before(connection, key)

    def say(self, key: str, caller: ContactCaller, ruling: Ruling) -> InputResponse:
        """Says a ruling, unless the key has an outcome."""
        response = self._database.write(lambda connection: self._record(connection, key, caller, ruling))
        self._log.announce()
        return response

    def answer(self, key: str, outcome: Answers, also: Callable[[Connection], bool]) -> InputResponse | None:
        """Keeps that a message answers a task, with what belongs to it; None when `also` finds that it does not."""

        def work(connection: Connection) -> InputResponse | None:
            before = _before(connection, key)
            if before is not None:
                return before
            if not also(connection):
                return None
            self._keep(connection, key, outcome)
            return InputResponse(outcome=outcome)

        return self._database.write(work)

    def keeper(self, key: str, rule: str, taken: type[Exception]) -> Callable[[Connection, tuple[Event, ...]], None]:
        """Writes an outcome inside another transaction, with its rows; raises `taken` when the key has one."""

        def keep(connection: Connection, rows: tuple[Event, ...]) -> None:
            if _before(connection, key) is not None:
                raise taken
            self._keep(connection, key, Handled(rule=rule, rows=rows))

        return keep

    def _record(self, connection: Connection, key: str, caller: ContactCaller, ruling: Ruling) -> InputResponse:
        before = _before(connection, key)
        if before is not None:
            return before
        reply = Reply(key=f"input:{key}", parts=(TextPart(text=ruling.text),))
        rows = [_row(key, caller, "message", reply.model_dump(mode="json"))]
        if ruling.conversation:
            rows.append(_row(key, caller, "conversation", ruling.conversation))
        outcome = Handled(rule=ruling.rule, rows=self._log.append(connection, rows), is_secret=ruling.is_secret)
        self._keep(connection, key, outcome)
        return InputResponse(outcome=outcome)

    def _keep(self, connection: Connection, key: str, outcome: Handled | Answers) -> None:
        values = {"key": key, "outcome": outcome.model_dump(mode="json"), "at": self._now()}
        connection.execute(KEEP, values)


def key_of(request: InputRequest) -> str:
    """The key of one phase of an input."""
    return request.key if request.phase == "arrived" else f"{request.key}:{request.phase}"


def _before(connection: Connection, key: str) -> InputResponse | None:
    found = connection.execute(BY_KEY, {"key": key}).scalar()
    return None if found is None else InputResponse.model_validate({"outcome": found})


def _row(key: str, caller: ContactCaller, event: EventType, data: Json) -> NewEvent:
    return NewEvent(
        type=event,
        turn_id=key,
        conversation_id=caller.conversation_id,
        contact_id=caller.contact_id,
        data=data,
    )
