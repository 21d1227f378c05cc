"""The inbox: a delivery becomes rows in one write, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from shared.clock import Clock
from shared.database import Database
from shared.errors import NotFound
from shared.logs import get_logger
from shared.upserts import insert_new
from whatsapp_service.changes import NewChange, append_changes
from whatsapp_service.channels.address import Channel
from whatsapp_service.channels.content import System
from whatsapp_service.channels.types import Echo, Event, Inbound, Other, Status
from whatsapp_service.inbox.aftermath import Aftermath
from whatsapp_service.inbox.contents import content_to_json, first_state
from whatsapp_service.inbox.hearing import Release, hear
from whatsapp_service.inbox.people import People
from whatsapp_service.inbox.places import KnownPlaces, PlaceKey, place_key
from whatsapp_service.inbox.statuses import StatusBook
from whatsapp_service.model import Place
from whatsapp_service.tables import conversations, deliveries, messages, notices

Parse = Callable[[bytes], list[Event]]
IsOurs = Callable[[str, str], bool]
Report = Callable[["Accepted"], None]

_SEEN_AGAIN = (
    update(deliveries)
    .where(deliveries.c.channel == bindparam("of"), deliveries.c.digest == bindparam("hash"))
    .values(copies=deliveries.c.copies + 1)
)
_RAW = select(deliveries.c.channel, deliveries.c.raw).where(deliveries.c.id == bindparam("delivery"))
_LOCKED = select(conversations.c.id).order_by(conversations.c.id).with_for_update()


@dataclass(slots=True)
class Accepted:
    """What a delivery brought: conversations with a new turn to take, and what followed from its statuses."""

    delivery_id: int | None = None
    message_ids: list[int] = field(default_factory=list)
    turns: set[str] = field(default_factory=set)
    aftermath: Aftermath = field(default_factory=Aftermath)
    unparsed: int = 0
    strangers: int = 0
    places: dict[PlaceKey, Place] = field(default_factory=dict)


class Inbox:
    """Stores what comes in and tells `report` after it is durable."""

    def __init__(
        self,
        database: Database,
        *,
        people: People,
        places: KnownPlaces,
        statuses: StatusBook,
        release: Release,
        parsers: Mapping[Channel, Parse],
        is_ours: IsOurs,
        report: Report,
        now: Clock,
    ) -> None:
        self._database = database
        self._people = people
        self._places = places
        self._statuses = statuses
        self._release = release
        self._parsers = parsers
        self._is_ours = is_ours
        self._report = report
        self._now = now

    def accept(self, raw: bytes, channel: Channel) -> Accepted:
        """Everything in a delivery, durable when this returns; the same body again is only counted.

        Raises only when the write failed: then, and only then, the provider must send it again.
        """
        events = self._parsers[channel](raw)
        digest = sha256(raw).hexdigest()
        return self._write(lambda connection: self._store_delivery(connection, channel, raw, digest, events))

    def accept_event(self, event: Event) -> Accepted:
        """One message that came by another way than a provider's delivery, such as the web chat."""
        return self._write(lambda connection: self._store(connection, [event], None))

    def replay(self, delivery_id: int) -> Accepted:
        """Reads a stored delivery again with the parser of today; what is already there stays as it is."""
        with self._database.read() as connection:
            row = connection.execute(_RAW, {"delivery": delivery_id}).one_or_none()
        if row is None:
            raise NotFound("no such delivery")
        events = self._parsers[row.channel](row.raw)
        return self._write(lambda connection: self._store(connection, events, delivery_id))

    def _write(self, work: Callable[[Connection], Accepted]) -> Accepted:
        try:
            accepted = self._database.write(work)
        except (IntegrityError, OperationalError):
            # a remembered place is gone, or two deliveries waited for each other: look everything up, once more
            self._places.forget()
            accepted = self._database.write(work)
        self._places.keep(accepted.places)
        self._report(accepted)
        return accepted

    def _store_delivery(
        self, connection: Connection, channel: Channel, raw: bytes, digest: str, events: list[Event]
    ) -> Accepted:
        now = self._now()
        row = {
            "channel": channel,
            "digest": digest,
            "copies": 1,
            "received_at": now,
            "outcome": outcome_of(events),
            "items": len(events),
            "raw": raw,
        }
        new = insert_new(connection, deliveries, [row], deliveries.c.id)
        if not new:
            connection.execute(_SEEN_AGAIN, {"of": channel, "hash": digest})
            return Accepted()
        return self._store(connection, events, new[0].id)

    def _store(self, connection: Connection, events: Iterable[Event], delivery_id: int | None) -> Accepted:
        accepted, now = Accepted(delivery_id), self._now()
        changed: list[NewChange] = []
        spoken = [event for event in events if isinstance(event, Inbound | Echo)]
        if spoken:
            changed += self._store_messages(connection, spoken, accepted, now)
        found = [event for event in events if isinstance(event, Status)]
        if found:
            accepted.aftermath += self._statuses.store(connection, found, now)
        self._store_notices(connection, [event for event in events if isinstance(event, Other)], accepted, now)
        append_changes(connection, now, [*changed, *accepted.aftermath.changes])
        return accepted

    def _store_messages(
        self, connection: Connection, spoken: list[Inbound | Echo], accepted: Accepted, now: datetime
    ) -> list[NewChange]:
        rows: dict[str, dict[str, Any]] = {}
        for message in spoken:
            place = self._place(connection, message, accepted, now)
            rows.setdefault(message.unique_key, self._row(message, place, accepted, now))
        _lock(connection, {row["conversation_id"] for row in rows.values()})
        new = insert_new(connection, messages, list(rows.values()), messages.c.id, messages.c.key)
        ids = {str(row.key): int(row.id) for row in new}
        heard: dict[str, Inbound] = {}
        for message in spoken:
            if message.unique_key in ids and isinstance(message, Inbound):
                heard[rows[message.unique_key]["conversation_id"]] = message
        accepted.aftermath = hear(connection, heard, self._release, now)
        for key in ids:
            if rows[key]["is_open"]:
                accepted.turns.add(rows[key]["conversation_id"])
        accepted.message_ids.extend(sorted(ids.values()))
        return [
            NewChange(rows[key]["conversation_id"], "message", ids[key]) for key in sorted(ids, key=ids.__getitem__)
        ]

    def _place(self, connection: Connection, message: Inbound | Echo, accepted: Accepted, now: datetime) -> Place:
        key = place_key(message)
        place = None
        # a notice of a changed address has to reach the address table
        if not isinstance(message.content, System):
            place = accepted.places.get(key) or self._places.find(key)
        if place is None:
            place = accepted.places[key] = self._people.place(connection, message, now)
        return place

    def _row(self, message: Inbound | Echo, place: Place, accepted: Accepted, now: datetime) -> dict[str, Any]:
        is_inbound = isinstance(message, Inbound)
        state = first_state(message.content) if is_inbound else "sent"
        error = ""
        if not self._is_ours(message.channel, message.account):
            accepted.strangers += 1
            state, error = "ignored", "unknown_account"
        elif isinstance(message, Inbound) and message.group:
            state, error = "ignored", "group"
        return {
            "key": message.unique_key,
            "conversation_id": place.conversation_id,
            "contact_id": place.contact_id,
            "channel": message.channel,
            "account": message.account[:64],
            "direction": "in" if is_inbound else "out",
            "kind": message.content.kind,
            "state": state,
            "is_open": int(state == "received"),
            "due_at": now,
            "content": content_to_json(message.content),
            "external_id": (message.message_id if isinstance(message, Inbound) else message.external_id)[:255],
            "reply_to": ((message.reply_to or "")[:255] or None) if isinstance(message, Inbound) else None,
            "status": "" if is_inbound else "sent",
            "error": error,
            "attempts": 0,
            "bodies_sent": 0,
            "was_unknown": False,
            "created_at": now,
            "sent_at": message.sent_at,
            "delivery_id": accepted.delivery_id,
        }

    def _store_notices(self, connection: Connection, others: list[Other], accepted: Accepted, now: datetime) -> None:
        rows = [
            {
                "key": other.unique_key,
                "channel": other.channel,
                "account": (other.account or other.business)[:64],
                "kind": other.kind[:40],
                "reason": other.reason[:200],
                "raw": other.raw,
                "at": now,
                "delivery_id": accepted.delivery_id,
            }
            for other in others
        ]
        insert_new(connection, notices, rows)
        accepted.unparsed = sum(other.kind == "unparsed" for other in others)
        if accepted.unparsed:
            get_logger("gateway").error("items_unparsed", delivery_id=accepted.delivery_id, items=accepted.unparsed)


def _lock(connection: Connection, conversation_ids: Iterable[str]) -> None:
    """Makes deliveries that come at once wait for each other: messages become visible in the order of their ids.

    SQLite has one writer anyway. All lock in one order, so that two cannot wait for each other.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCKED.where(conversations.c.id.in_(conversation_ids)))


def outcome_of(events: list[Event]) -> str:
    """`parsed`, `partly` or `unparsed`, by how many items were not understood; `empty` without any."""
    bad = sum(isinstance(event, Other) and event.kind == "unparsed" for event in events)
    if not events:
        return "empty"
    if not bad:
        return "parsed"
    return "unparsed" if bad == len(events) else "partly"
