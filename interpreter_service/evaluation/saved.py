"""Turns of the log that became cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, delete, select

from interpreter_service.evaluation.cases import Case, Context, Expected, Wanted
from interpreter_service.store import Store, TurnDetail
from interpreter_service.tables import cases
from shared.contracts.base import Json
from shared.contracts.turns import PastCall, TurnResponse
from shared.database import Database
from shared.errors import InvalidArguments, NotFound

MOST_CASES = 5_000
"""Saved cases that are kept and listed; a set that no one can look through measures nothing."""


class SavedCases:
    """The cases of this installation. A turn becomes one case; saving it again replaces it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = Store(database)

    def save(self, turn_id: str, at: datetime, *, kind: str = "", expected: Expected | None = None) -> Case:
        """The turn as a case; without `expected` what the turn did is taken to be right.

        Raises NotFound for an unknown turn, InvalidArguments for one that was no text or whose text is gone.
        """
        detail = self._turns.turn(turn_id)
        case = _case(detail, self._last_call(detail), kind, expected or _done(detail))
        row = {
            "id": case.id,
            "turn_id": turn_id,
            "contact_id": detail.summary.contact_id,
            "body": case.model_dump_json(exclude_defaults=True),
            "created_at": at,
        }

        def work(connection: Connection) -> None:
            connection.execute(delete(cases).where(cases.c.id == case.id))
            connection.execute(cases.insert(), row)

        self._database.write(work)
        return case

    def list(self) -> tuple[Case, ...]:
        """All of them, the oldest first."""
        return tuple(self._all())

    def delete(self, case_id: str) -> None:
        """Raises NotFound."""
        gone = self._database.write(lambda work: work.execute(delete(cases).where(cases.c.id == case_id)).rowcount)
        if not gone:
            raise NotFound("there is no such case")

    def _all(self) -> Iterator[Case]:
        wanted = select(cases.c.body).order_by(cases.c.created_at, cases.c.id).limit(MOST_CASES)
        with self._database.read() as connection:
            bodies = connection.execute(wanted).scalars().all()
        return (Case.model_validate_json(body) for body in bodies)

    def _last_call(self, detail: TurnDetail) -> PastCall | None:
        """The newest call of the turns before it, as far as they are kept."""
        for turn_id in reversed((detail.request or {}).get("history", ())):
            try:
                response = self._turns.turn(turn_id).response
            except NotFound:
                continue
            calls = TurnResponse.model_validate(response).calls if response else ()
            if calls:
                return calls[-1]
        return None


def expected_of(body: Json) -> Expected:
    """What somebody wrote that a turn should have done; raises InvalidArguments."""
    try:
        return Expected.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(("expected", *(str(part) for part in first["loc"])))
        raise InvalidArguments(
            f"{where}: {first['msg']}", errors=({"where": where, "what": str(first["msg"])},)
        ) from error


def _case(detail: TurnDetail, last: PastCall | None, kind: str, expected: Expected) -> Case:
    request = detail.request
    text = request["input"].get("text", "").strip() if request else ""
    if not text:
        raise InvalidArguments("only a turn whose text is still kept can be saved as a case")
    context = Context(last=Wanted(tool=last.tool, arguments=last.arguments) if last else None)
    return Case(
        id=f"turn-{detail.summary.id}"[:80],
        lang=request.get("language", "es") if request else "es",
        kind=kind or ("follow_up" if last else "report"),
        text=text,
        context=context,
        expected=expected,
    )


def _done(detail: TurnDetail) -> Expected:
    response = TurnResponse.model_validate(detail.response) if detail.response else None
    if response and response.calls:
        return Expected(any=tuple(Wanted(tool=call.tool, arguments=call.arguments) for call in response.calls))
    return Expected(clarify=True) if response and response.awaiting == "question" else Expected(refuse=True)
