"""What a sprint leaves behind besides its session: the trace, the counters of statistics, what was spent, variables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select

from executor_service.flows.outcomes import ContactSet, EngineEvent, Trace
from executor_service.flows.session_model import Session
from executor_service.flows.tables import flow_contacts, flow_counters, flow_spending, flow_traces
from shared.contracts.base import Json
from shared.upserts import add, put

NAME_CHARS = 80
QUIET = frozenset({"left", "started", "finished"})
"""Traces that are counted but not kept: the next `entered`, or `ended`, says the same."""

NEW_TRACES = insert(flow_traces)
FIELDS_OF = select(flow_contacts.c.fields).where(flow_contacts.c.contact_id == bindparam("contact"))
SPENT_ON = select(flow_spending.c.name, flow_spending.c["count"].label("number")).where(
    flow_spending.c.conversation_id == bindparam("conversation"), flow_spending.c.day == bindparam("on")
)


def keep_traces(connection: Connection, session: Session, events: Iterable[EngineEvent], at: datetime) -> None:
    rows = [
        {
            "session_id": session.id,
            "sprint": session.sprint,
            "type": event.type,
            "version_id": event.version_id,
            "node_id": event.node_id,
            "data": event.data,
            "at": at,
        }
        for event in events
        if isinstance(event, Trace) and event.type not in QUIET
    ]
    if rows:
        connection.execute(NEW_TRACES, rows)


def count(connection: Connection, events: Iterable[EngineEvent], day: date) -> None:
    """Adds to the counters of nodes, exits, answers, variants and their goals, and of how runs of flows ended.

    In the order of their keys: two transactions that count the same never wait for each other in a circle.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    for event in events:
        if isinstance(event, Trace) and event.version_id:
            for name in _names(event):
                found[event.version_id, event.node_id, name[:NAME_CHARS]] += 1
    add(
        connection,
        flow_counters,
        [
            {"version_id": version_id, "node_id": node_id, "name": name, "day": day, "count": number}
            for (version_id, node_id, name), number in sorted(found.items())
        ],
    )


def spend(connection: Connection, before: Session | None, after: Session, day: date) -> None:
    """Adds what the sprint called out for to the conversation's day."""
    had = before.counters if before else {}
    spent = {name: number - had.get(name, 0) for name, number in sorted(after.counters.items())}
    key = {"conversation_id": after.conversation_id, "day": day}
    rows = [{**key, "name": name, "count": number} for name, number in spent.items() if number > 0]
    add(connection, flow_spending, rows)


def spent_on(connection: Connection, conversation_id: str, day: date) -> dict[str, int]:
    rows = connection.execute(SPENT_ON, {"conversation": conversation_id, "on": day})
    return {row.name: row.number for row in rows}


def fields_of(connection: Connection, contact_id: str) -> Json:
    """The `contact.*` variables that flows have set."""
    return dict(connection.execute(FIELDS_OF, {"contact": contact_id}).scalar() or {})


def seen_at(connection: Connection, contact_id: str) -> datetime | None:
    """When the contact last wrote, to the hour; None for one that never did."""
    found: datetime | None = connection.execute(
        select(flow_contacts.c.seen_at).where(flow_contacts.c.contact_id == contact_id)
    ).scalar()
    return found


def see(connection: Connection, contact_id: str, at: datetime) -> None:
    put(
        connection,
        flow_contacts,
        {"contact_id": contact_id, "fields": fields_of(connection, contact_id), "seen_at": at},
    )


def keep_fields(connection: Connection, contact_id: str, events: Iterable[EngineEvent]) -> None:
    changes: Json = {}
    for event in events:
        if isinstance(event, ContactSet):
            changes.update(event.values)
    if changes:
        fields = {**fields_of(connection, contact_id), **changes}
        values = {"contact_id": contact_id, "fields": fields, "seen_at": seen_at(connection, contact_id)}
        put(connection, flow_contacts, values)


def _names(event: Trace) -> tuple[str, ...]:
    match event.type:
        case "entered":
            return ("visits",)
        case "left":
            return (f"exit:{event.data['exit']}",)
        case "answered":
            return tuple(f"answer:{option}" for option in event.data["options"])
        case "variant":
            return (f"variant:{event.data['variant']}",) if event.data["is_first"] else ()
        case "goal":
            return (f"goal:{event.data['variant']}",)
        case "started":
            return ("started",)
        case "finished":
            return (f"ended:{event.data['status']}",)
    return ()
