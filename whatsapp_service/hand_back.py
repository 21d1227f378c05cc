"""Conversations that a person answered and then left: the bot answers them again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from shared.clock import Clock
from shared.database import Database
from shared.logs import get_logger
from whatsapp_service.changes import Changes, NewChange, append_changes
from whatsapp_service.conversations import find_conversation
from whatsapp_service.follower.mirror import Mirror
from whatsapp_service.limits import Limits
from whatsapp_service.tables import IS_HUMAN, conversations

_LEFT = (conversations.c.mode_at < bindparam("since"), conversations.c.last_message_at < bindparam("since"), IS_HUMAN)
_FIND = select(conversations.c.id).where(*_LEFT).limit(bindparam("most"))
_TAKE = (
    update(conversations)
    .where(*_LEFT, conversations.c.id == bindparam("conversation"))
    .values(mode="bot", mode_at=bindparam("moment"))
)


class HandBack:
    """Looks now and then for conversations in which nobody, the contact included, has said anything for long."""

    def __init__(self, database: Database, *, changes: Changes, mirror: Mirror, limits: Limits, now: Clock) -> None:
        self._database = database
        self._changes = changes
        self._mirror = mirror
        self._limits = limits
        self._now = now

    def look(self) -> None:
        """Gives to the bot what was left; what came to life meanwhile stays with the person."""
        now = self._now()
        since = now - timedelta(seconds=self._limits.human_quiet_seconds)
        with self._database.read() as connection:
            left = connection.execute(_FIND, {"since": since, "most": self._limits.max_polled}).scalars().all()
        if not left:
            return
        back = self._database.write(lambda connection: _take(connection, list(left), since, now))
        get_logger("gateway").info("conversations_handed_back", conversations=len(back))
        self._changes.announce()
        self._show(back)

    def _show(self, conversation_ids: list[str]) -> None:
        with self._database.read() as connection:
            found = [find_conversation(connection, one) for one in conversation_ids]
        for conversation in filter(None, found):
            self._mirror.show(conversation)


def _take(connection: Connection, left: list[str], since: datetime, now: datetime) -> list[str]:
    params = {"since": since, "moment": now}
    back = [one for one in left if connection.execute(_TAKE, {**params, "conversation": one}).rowcount]
    append_changes(connection, now, [NewChange(one, "conversation") for one in back])
    return back
