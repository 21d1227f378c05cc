"""The sentence that a person gets in place of a file that the channel does not take."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from shared.contracts.messages import TextPart
from shared.texts import Texts
from whatsapp_service.changes import NewChange
from whatsapp_service.conversations import find_conversation
from whatsapp_service.model import Conversation, Json, NewOutbound
from whatsapp_service.outbox.store import enqueue
from whatsapp_service.tables import messages

_FILE = select(messages.c.key, messages.c.content).where(
    messages.c.id == bindparam("message"), messages.c.kind == "file"
)


class Excuses:
    """Puts the sentence into the outbox, behind what waits there; the same file is excused once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def say(
        self, connection: Connection, conversation: Conversation, key: str, file: Json, now: datetime
    ) -> list[NewChange]:
        text = self._texts.say(conversation.language, "file_not_sent", filename=file.get("filename", ""))
        new = NewOutbound(key=f"{key}:why", kind="text", content=TextPart(text=text).model_dump())
        return enqueue(connection, conversation, [new], now, is_instant=False)

    def say_later(
        self, connection: Connection, conversation_id: str, message_id: int, now: datetime
    ) -> list[NewChange]:
        """For a message that had left; nothing where it is no file."""
        row = connection.execute(_FILE, {"message": message_id}).one_or_none()
        conversation = find_conversation(connection, conversation_id) if row else None
        if row is None or conversation is None:
            return []
        return self.say(connection, conversation, row.key, row.content, now)
