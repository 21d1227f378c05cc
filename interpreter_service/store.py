"""The interpreter's SQL, all of it: typed functions over its tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Insert, Select, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from interpreter_service.nouns import Answer, Offer, Turn, WaitingPlan
from interpreter_service.tables import cases, offers, plans, replies, turns, usage
from shared.contracts.base import Json
from shared.database import Database
from shared.errors import Gone, NotFound

DELETED_AT_ONCE = 500
LONGEST_ROUTE_CHARS = 80
KEPT_FOR = timedelta(hours=24)
"""How long offers and waiting plans are good."""


@dataclass(frozen=True, kw_only=True)
class TurnSummary:
    """One line of the list of turns."""

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


@dataclass(frozen=True, kw_only=True)
class TurnDetail:
    """A turn with its bodies, which are None after the retention, and the model's replies in order."""

    summary: TurnSummary
    request: Json | None
    response: Json | None
    model_replies: tuple[Json, ...]


class Store:
    """What the interpreter remembers. All methods may raise what the database raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> None:
        """Raises when the database does not answer."""
        with self._database.read() as connection:
            connection.execute(select(1))

    def find_response(self, turn_id: str) -> str | None:
        """The response that was given to a turn; raises Gone when only its row is left."""
        with self._database.read() as connection:
            row = connection.execute(RESPONSE, {"turn_id": turn_id}).one_or_none()
        if row is not None and row.response is None:
            raise Gone("this turn was answered, and its answer is no longer kept")
        return None if row is None else str(row.response)

    def find_question(self, turn_id: str) -> str | None:
        """The response of a turn that offered the person calls to choose from."""
        with self._database.read() as connection:
            return connection.execute(QUESTION, {"turn_id": turn_id}).scalar_one_or_none()

    def finish(self, turn: Turn, answer: Answer, *, request: str, response: str, ended_at: datetime) -> str:
        """Stores all that a turn came to at once and gives the response that holds: the first one stored."""
        row = _turn_row(turn, answer, request, response, ended_at)

        def work(connection: Connection) -> str:
            if not connection.execute(_insert(connection, "turns"), row).rowcount:
                return str(connection.execute(RESPONSE, {"turn_id": turn.id}).scalar_one())
            _keep_for_later(connection, turn, answer)
            if answer.last_reply is not None:
                last = _reply_row(turn.id, answer.last_reply.step, answer.last_reply.body, ended_at)
                connection.execute(_insert(connection, "replies"), last)
            return response

        return self._database.write(work)

    def model_replies(self, turn_id: str) -> dict[int, str]:
        """What the model said in a turn so far, by step."""
        with self._database.read() as connection:
            return {row.step: row.body for row in connection.execute(REPLIES, {"turn_id": turn_id})}

    def save_model_reply(self, turn_id: str, step: int, body: str, at: datetime) -> str:
        """Stores the reply of one step and gives the one that holds: the first one stored."""
        row = _reply_row(turn_id, step, body, at)

        def work(connection: Connection) -> str:
            if connection.execute(_insert(connection, "replies"), row).rowcount:
                return body
            return str(connection.execute(REPLY, {"turn_id": turn_id, "step": step}).scalar_one())

        return self._database.write(work)

    def find_offer(self, offer_id: str, turn: Turn) -> Offer | None:
        """An offer made to this contact in this conversation that has not expired."""
        with self._database.read() as connection:
            row = connection.execute(OFFER, {"offer_id": _key(offer_id)}).one_or_none()
        if row is None or not _is_for(row, turn) or row.expires_at <= turn.started_at:
            return None
        return Offer(
            id=row.id, title=row.title, tool=row.tool, arguments=json.loads(row.arguments), said=json.loads(row.said)
        )

    def find_plan(self, task_id: str, turn: Turn) -> WaitingPlan | None:
        """The plan of this conversation that waits for a task."""
        with self._database.read() as connection:
            row = connection.execute(PLAN, {"task_id": _key(task_id)}).one_or_none()
        if row is None or not _is_for(row, turn) or row.expires_at <= turn.started_at:
            return None
        return WaitingPlan(task_id=row.task_id, body=row.body)

    def tokens_of(self, contact_id: str, day: date) -> int:
        """Tokens that a contact spent on a day (UTC)."""
        with self._database.read() as connection:
            return connection.execute(TOKENS, {"contact_id": contact_id, "day": day}).scalar_one_or_none() or 0

    def turns(
        self, *, before: tuple[datetime, str] | None, limit: int, conversation_id: str = "", contact_id: str = ""
    ) -> tuple[TurnSummary, ...]:
        """The newest turns first, those before a place (start and id of the last one seen)."""
        wanted = self.listing(before=before, limit=limit, conversation_id=conversation_id, contact_id=contact_id)
        with self._database.read() as connection:
            return tuple(TurnSummary(**row._mapping) for row in connection.execute(wanted))

    @staticmethod
    def listing(
        *, before: tuple[datetime, str] | None, limit: int, conversation_id: str = "", contact_id: str = ""
    ) -> Select[Any]:
        """The statement of `turns`, which walks one index."""
        wanted = SUMMARIES.order_by(turns.c.started_at.desc(), turns.c.id.desc()).limit(limit)
        if before is not None:
            started_at, turn_id = before
            wanted = wanted.where(
                turns.c.started_at <= started_at, or_(turns.c.started_at < started_at, turns.c.id < turn_id)
            )
        if conversation_id:
            wanted = wanted.where(turns.c.conversation_id == conversation_id)
        if contact_id:
            wanted = wanted.where(turns.c.contact_id == contact_id)
        return wanted

    def turn(self, turn_id: str) -> TurnDetail:
        """One turn with everything that is still kept of it; raises NotFound."""
        with self._database.read() as connection:
            row = connection.execute(SUMMARY, {"turn_id": turn_id}).one_or_none()
            bodies = connection.execute(BODIES, {"turn_id": turn_id}).one_or_none()
            said = connection.execute(REPLIES, {"turn_id": turn_id}).all()
        if row is None or bodies is None:
            raise NotFound("there is no such turn")
        return TurnDetail(
            summary=TurnSummary(**row._mapping),
            request=json.loads(bodies.request) if bodies.request else None,
            response=json.loads(bodies.response) if bodies.response else None,
            model_replies=tuple(json.loads(one.body) for one in said),
        )

    def forget(self, *, bodies_before: datetime, now: datetime) -> int:
        """Empties bodies of turns that started before a moment, and deletes old replies and what expired.

        Takes at most 500 of each, so that nobody waits behind it; gives how many rows it touched.
        """

        def work(connection: Connection) -> int:
            old = select(turns.c.id).where(turns.c.started_at < bodies_before, turns.c.response.is_not(None))
            emptied = (
                update(turns).where(turns.c.id.in_(old.limit(DELETED_AT_ONCE))).values(request=None, response=None)
            )
            touched = connection.execute(emptied).rowcount
            said = select(replies.c.turn_id).where(replies.c.created_at < bodies_before).limit(DELETED_AT_ONCE)
            touched += connection.execute(delete(replies).where(replies.c.turn_id.in_(said))).rowcount
            for table, key in ((offers, offers.c.id), (plans, plans.c.task_id)):
                over = select(key).where(table.c.expires_at <= now).limit(DELETED_AT_ONCE)
                touched += connection.execute(delete(table).where(key.in_(over))).rowcount
            return touched

        return self._database.write(work)

    def erase_contact(self, contact_id: str, note: Callable[[Connection], None] = lambda _: None) -> None:
        """Deletes all that is kept of one contact; `note` is called in the same transaction."""

        def work(connection: Connection) -> None:
            theirs = select(turns.c.id).where(turns.c.contact_id == contact_id)
            connection.execute(delete(replies).where(replies.c.turn_id.in_(theirs)))
            for table in (turns, offers, plans, usage, cases):
                connection.execute(delete(table).where(table.c.contact_id == contact_id))
            note(connection)

        self._database.write(work)


def _turn_row(turn: Turn, answer: Answer, request: str, response: str, ended_at: datetime) -> Json:
    return {
        "id": turn.id,
        "contact_id": turn.contact_id,
        "conversation_id": turn.conversation_id,
        "route": answer.route[:LONGEST_ROUTE_CHARS],
        "status": "pending" if answer.pending else "asked" if answer.awaiting else "answered",
        "awaiting": answer.awaiting,
        "request": request,
        "response": response,
        "calls": len(answer.calls),
        "model_calls": answer.spent.model_calls,
        "tokens_in": answer.spent.tokens_in,
        "tokens_out": answer.spent.tokens_out,
        "started_at": turn.started_at,
        "ended_at": ended_at,
    }


def _reply_row(turn_id: str, step: int, body: str, at: datetime) -> Json:
    return {"turn_id": turn_id, "step": step, "body": body, "created_at": at}


def _keep_for_later(connection: Connection, turn: Turn, answer: Answer) -> None:
    whose = {
        "turn_id": turn.id,
        "conversation_id": turn.conversation_id,
        "contact_id": turn.contact_id,
        "expires_at": turn.started_at + KEPT_FOR,
    }
    if answer.ended_plan is not None:
        connection.execute(DELETE_PLAN, {"ended": answer.ended_plan})
    if answer.plan is not None:
        connection.execute(
            _insert(connection, "plans"), {**whose, "task_id": answer.plan.task_id, "body": answer.plan.body}
        )
    for offer in answer.offers:
        row = {"id": offer.id, "title": offer.title, "tool": offer.tool, "said": json.dumps(offer.said)}
        connection.execute(_insert(connection, "offers"), {**whose, **row, "arguments": json.dumps(offer.arguments)})
    if answer.spent.tokens:
        spent: Json = {"contact_id": turn.contact_id, "day": turn.started_at.date(), "tokens": answer.spent.tokens}
        connection.execute(_insert(connection, "usage"), spent)


def _key(sent: str) -> str:
    """A key as a channel sent it; PostgreSQL refuses to compare with U+0000."""
    return sent.replace("\0", "")


def _is_for(row: object, turn: Turn) -> bool:
    return (getattr(row, "conversation_id", ""), getattr(row, "contact_id", "")) == (
        turn.conversation_id,
        turn.contact_id,
    )


def _insert(connection: Connection, table: str) -> Insert:
    return INSERTS[connection.dialect.name][table]


def _inserts(make: type[sqlite.Insert] | type[postgresql.Insert]) -> dict[str, Insert]:
    """Inserts that do nothing where the row is there; only a contact's tokens of the day add up."""
    tokens = make(usage)
    added = tokens.on_conflict_do_update(
        index_elements=[usage.c.contact_id, usage.c.day], set_={"tokens": usage.c.tokens + tokens.excluded.tokens}
    )
    plain = {"turns": turns, "replies": replies, "plans": plans, "offers": offers}
    return {"usage": added, **{name: make(table).on_conflict_do_nothing() for name, table in plain.items()}}


INSERTS: dict[str, dict[str, Insert]] = {
    "sqlite": _inserts(sqlite.Insert),
    "postgresql": _inserts(postgresql.Insert),
}
RESPONSE = select(turns.c.response).where(turns.c.id == bindparam("turn_id"))
QUESTION = RESPONSE.where(turns.c.awaiting == "question")
BODIES = select(turns.c.request, turns.c.response).where(turns.c.id == bindparam("turn_id"))
SUMMARIES = select(*(column for column in turns.c if column.name not in {"request", "response", "awaiting"}))
SUMMARY = SUMMARIES.where(turns.c.id == bindparam("turn_id"))
REPLIES = (
    select(replies.c.step, replies.c.body).where(replies.c.turn_id == bindparam("turn_id")).order_by(replies.c.step)
)
REPLY = select(replies.c.body).where(replies.c.turn_id == bindparam("turn_id"), replies.c.step == bindparam("step"))
OFFER = select(offers).where(offers.c.id == bindparam("offer_id"))
PLAN = select(plans).where(plans.c.task_id == bindparam("task_id"))
DELETE_PLAN = delete(plans).where(plans.c.task_id == bindparam("ended"))
TOKENS = select(usage.c.tokens).where(usage.c.contact_id == bindparam("contact_id"), usage.c.day == bindparam("day"))
