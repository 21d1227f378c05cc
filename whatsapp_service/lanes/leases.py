"""Leases on conversations in the database, so that several processes never work on the same one.

A conversation has two: one for its turns, one for its mail, since a progress message may leave during a turn.
"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Connection, Update, bindparam, case, or_, update

from shared.clock import Clock
from shared.database import Database, UtcDateTime
from shared.ids import new_id
from whatsapp_service.conversations import CONVERSATION_COLUMNS, conversation_of
from whatsapp_service.model import Conversation
from whatsapp_service.tables import conversations

Kind = Literal["turn", "send"]


def _claim(kind: Kind) -> Update:
    owner, until = conversations.c[f"{kind}_owner"], conversations.c[f"{kind}_until"]
    return (
        update(conversations)
        .where(
            conversations.c.id == bindparam("conversation"),
            or_(owner.is_(None), until < bindparam("moment", type_=UtcDateTime())),
        )
        .values({owner: bindparam("me"), until: bindparam("limit")})
    )


def _held(kind: Kind) -> Update:
    return update(conversations).where(
        conversations.c.id == bindparam("conversation"), conversations.c[f"{kind}_owner"] == bindparam("me")
    )


_CLAIM = {kind: _claim(kind).returning(*CONVERSATION_COLUMNS) for kind in ("turn", "send")}
_RENEW = {kind: _held(kind).values({f"{kind}_until": bindparam("limit")}) for kind in ("turn", "send")}
_RELEASE = {kind: _held(kind).values({f"{kind}_owner": None, f"{kind}_until": None}) for kind in ("turn", "send")}


_MINE_IF_FREE = or_(
    conversations.c.send_owner.is_(None), conversations.c.send_until < bindparam("moment", type_=UtcDateTime())
)
_REMEMBER_AND_CLAIM = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(
        history=bindparam("turns"),
        last_message_at=bindparam("moment", type_=UtcDateTime()),
        send_owner=case((_MINE_IF_FREE, bindparam("me")), else_=conversations.c.send_owner),
        send_until=case((_MINE_IF_FREE, bindparam("limit", type_=UtcDateTime())), else_=conversations.c.send_until),
    )
    .returning(conversations.c.send_owner)
)
_RELEASE_BOTH = (
    update(conversations)
    .where(
        conversations.c.id == bindparam("conversation"),
        conversations.c.turn_owner == bindparam("turning"),
        conversations.c.send_owner == bindparam("sending"),
    )
    .values(turn_owner=None, turn_until=None, send_owner=None, send_until=None)
)


@dataclass(frozen=True, slots=True)
class Lease:
    """One hold of one conversation; `owner` is different every time."""

    kind: Kind
    conversation_id: str
    owner: str


class Leases:
    """Claims and releases inside writes of others; `renew` keeps alive what this process works on for long."""

    def __init__(self, database: Database, *, seconds: float, renew_seconds: float, now: Clock) -> None:
        self._database = database
        self._length = timedelta(seconds=seconds)
        self._renew_seconds = renew_seconds
        self._now = now
        self._process = new_id()
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._held: dict[Lease, float] = {}

    def lease(self, kind: Kind, conversation_id: str) -> Lease:
        """A lease to be claimed."""
        return Lease(kind, conversation_id, f"{self._process}:{next(self._numbers):x}")

    def claim(self, connection: Connection, lease: Lease) -> Conversation | None:
        """The conversation, now ours; None when somebody else has it."""
        now = self._now()
        params = {
            "conversation": lease.conversation_id,
            "moment": now,
            "me": lease.owner,
            "limit": now + self._length,
        }
        row = connection.execute(_CLAIM[lease.kind], params).one_or_none()
        if row is None:
            return None
        with self._lock:
            self._held[lease] = time.monotonic()
        return conversation_of(row)

    def remember_and_claim(self, connection: Connection, lease: Lease, history: str) -> bool:
        """Stores the history of a conversation and claims its send lease; whether that was free."""
        now = self._now()
        params = {
            "conversation": lease.conversation_id,
            "turns": history,
            "moment": now,
            "me": lease.owner,
            "limit": now + self._length,
        }
        if connection.execute(_REMEMBER_AND_CLAIM, params).scalar() != lease.owner:
            return False
        with self._lock:
            self._held[lease] = time.monotonic()
        return True

    def release_both(self, connection: Connection, turn: Lease, send: Lease) -> None:
        """Ends both leases of a conversation at once, or each by itself where one was lost."""
        params = {"conversation": turn.conversation_id, "turning": turn.owner, "sending": send.owner}
        if not connection.execute(_RELEASE_BOTH, params).rowcount:
            self.release(connection, turn)
            self.release(connection, send)
        self.forget(turn)
        self.forget(send)

    def release(self, connection: Connection, lease: Lease) -> None:
        connection.execute(_RELEASE[lease.kind], {"conversation": lease.conversation_id, "me": lease.owner})
        self.forget(lease)

    def forget(self, lease: Lease) -> None:
        """Stops renewing; the lease then ends by itself."""
        with self._lock:
            self._held.pop(lease, None)

    def renew(self) -> None:
        """Prolongs the leases held for a while; short work costs no write."""
        before = time.monotonic() - self._renew_seconds
        with self._lock:
            old = [lease for lease, since in self._held.items() if since < before]
        if old:
            self._database.write(lambda connection: self._prolong(connection, old))

    def release_all(self) -> None:
        """At a stop: lets other processes go on at once."""
        with self._lock:
            held = list(self._held)
        if held:
            self._database.write(lambda connection: self._release_each(connection, held))

    def abandon(self, lease: Lease) -> None:
        """Gives back a lease after an error; what was under way is then taken up again by anybody."""
        self.forget(lease)
        self._database.write(lambda connection: self.release(connection, lease))

    def _release_each(self, connection: Connection, held: list[Lease]) -> None:
        for lease in held:
            self.release(connection, lease)

    def _prolong(self, connection: Connection, old: list[Lease]) -> None:
        limit = self._now() + self._length
        for lease in old:
            params = {"conversation": lease.conversation_id, "me": lease.owner, "limit": limit}
            if not connection.execute(_RENEW[lease.kind], params).rowcount:
                self.forget(lease)
