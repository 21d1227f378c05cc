"""Follows the executor's rows from our own cursor. Rows may come again: every key is written once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, select, update

from shared.apis import EventStream, Unsubscribe
from shared.clock import Clock
from shared.contracts.events import ENDINGS, Event
from shared.contracts.messages import Reply
from shared.database import Database
from shared.errors import Gone
from shared.logs import get_logger
from shared.upserts import insert_new
from whatsapp_service.changes import Changes, NewChange, append_changes
from whatsapp_service.conversations import find_conversation
from whatsapp_service.follower.mirror import Mirror
from whatsapp_service.follower.teller import Teller
from whatsapp_service.lanes.board import TurnBoard
from whatsapp_service.limits import Limits
from whatsapp_service.outbox.accounts import Accounts
from whatsapp_service.outbox.rendering import event_key, messages_of
from whatsapp_service.outbox.store import enqueue
from whatsapp_service.pending import known_pending, note_running, tell
from whatsapp_service.settings_rows import apply_settings
from whatsapp_service.tables import cursors

Wake = Callable[[str], None]
EVENTS = "events"
_OF_TASKS = ENDINGS | {"waiting", "started"}

_POSITION = select(cursors.c.position).where(cursors.c.name == bindparam("cursor"))
# several processes follow, each at its own pace: the cursor only grows
_MOVE = (
    update(cursors)
    .where(cursors.c.name == bindparam("cursor"), cursors.c.position < bindparam("reached"))
    .values(position=bindparam("reached"))
)


@dataclass(slots=True)
class _Batch:
    """What of a page of rows concerns us, and whom to wake once it is stored."""

    messages: list[Event] = field(default_factory=list)
    settings: list[Event] = field(default_factory=list)
    tasks: list[Event] = field(default_factory=list)
    turns: set[str] = field(default_factory=set)
    sends: set[str] = field(default_factory=set)


class Follower:
    """One subscription; its thread is the stream's."""

    def __init__(
        self,
        database: Database,
        *,
        stream: EventStream,
        accounts: Accounts,
        changes: Changes,
        teller: Teller,
        board: TurnBoard,
        mirror: Mirror,
        wake_turns: Wake,
        wake_sender: Wake,
        limits: Limits,
        now: Clock,
    ) -> None:
        self._database = database
        self._stream = stream
        self._accounts = accounts
        self._changes = changes
        self._teller = teller
        self._board = board
        self._mirror = mirror
        self._wake_turns = wake_turns
        self._wake_sender = wake_sender
        self._limits = limits
        self._now = now
        self._lock = threading.Lock()
        self._late: list[Event] = []
        self._stored_at = 0.0
        self._reached = 0
        self._unsubscribe: Unsubscribe | None = None

    def start(self) -> None:
        self._reached = self._position()
        try:
            self._unsubscribe = self._stream.follow(self._reached, self.take)
        except Gone as gone:
            oldest = int(gone.params.get("oldest", "1"))
            self._unsubscribe = self._stream.follow(oldest - 1, self.take)

    def stop(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        if self._reached:
            reached = self._safe(self._reached)
            self._database.write(lambda connection: self._move(connection, reached))

    def take(self, events: tuple[Event, ...]) -> None:
        """Acts on a page of rows; the cursor moves with what they led to, or a little later when to nothing."""
        if not events:
            return
        batch = self._sorted(events)
        reached = self._safe(events[-1].id)
        is_late = time.monotonic() - self._stored_at > self._limits.cursor_every_seconds
        if batch.messages or batch.settings or batch.tasks or is_late:
            self._database.write(lambda connection: self._store(connection, batch, reached))
            self._stored_at = time.monotonic()
            self._announce(batch)
        self._reached = max(self._reached, events[-1].id)
        self._teller.note(events)

    def say_late(self, events: Sequence[Event]) -> None:
        """Says rows that had been set aside for a turn which then did not say them."""
        with self._lock:
            self._late += events
            late = sorted(self._late, key=lambda event: event.id)
        if not late:
            return
        batch = _Batch(messages=late)
        self._database.write(lambda connection: self._store(connection, batch, 0))
        with self._lock:
            self._late = [event for event in self._late if event not in late]
        self._announce(batch)

    def say_overdue(self) -> None:
        """Says rows whose turn takes too long, and those that could not be stored before."""
        self.say_late(self._board.overdue())

    def _safe(self, reached: int) -> int:
        """As far as the cursor may go: not past a row that is set aside."""
        with self._lock:
            waiting = [event.id for event in self._late]
        first = self._board.first_set_aside()
        return min([reached, *(number - 1 for number in (first, *waiting) if number is not None)])

    def _sorted(self, events: Sequence[Event]) -> _Batch:
        batch = _Batch()
        followed = self._followed([event for event in events if self._may_be_followed(event)])
        for event in events:
            if event.conversation_id is None:
                continue
            if event.type == "message":
                batch.messages.append(event)
            elif event.type == "conversation":
                batch.settings.append(event)
            elif event.task_id in followed and event.type in _OF_TASKS:
                batch.tasks.append(event)
        batch.messages = self._board.sort(batch.messages)
        return batch

    def _may_be_followed(self, event: Event) -> bool:
        """Not while its turn is under way: that one looks itself at what it leaves running, once it is stored."""
        is_of_task = event.task_id is not None and event.type in _OF_TASKS
        return is_of_task and not self._board.is_under_way(event.turn_id)

    def _followed(self, events: Sequence[Event]) -> set[str]:
        ids = sorted({event.task_id for event in events if event.task_id})
        if not ids:
            return set()
        with self._database.read() as connection:
            return known_pending(connection, ids)

    def _store(self, connection: Connection, batch: _Batch, reached: int) -> None:
        batch.turns.clear()
        batch.sends.clear()
        changed: list[NewChange] = []
        for event in batch.messages:
            changed += self._say(connection, event, batch)
        for event in batch.settings:
            if event.conversation_id is not None:
                apply_settings(connection, event.conversation_id, [event])
                changed.append(NewChange(event.conversation_id, "conversation"))
        for event in batch.tasks:
            self._tell(connection, event, batch)
        self._move(connection, reached)
        append_changes(connection, self._now(), changed)

    def _say(self, connection: Connection, event: Event, batch: _Batch) -> list[NewChange]:
        conversation = find_conversation(connection, event.conversation_id or "")
        if conversation is None:
            get_logger("gateway").warning("row_without_conversation", event_id=event.id)
            return []
        try:
            reply = Reply.model_validate({**event.data, "key": event_key(event.id)})
        except ValidationError:
            # one broken row must not stop all that come behind it
            get_logger("gateway").error("row_not_understood", event_id=event.id, turn_id=event.turn_id)
            return []
        sender = self._accounts.find(conversation.channel, conversation.account)
        most = sender.manner.max_text if sender else self._limits.max_chat_chars
        new = messages_of(reply, most, turn_id=event.turn_id, event_id=event.id)
        is_instant = sender is not None and sender.manner.is_instant
        changed = enqueue(connection, conversation, new, self._now(), is_instant=is_instant)
        if changed and not is_instant:
            batch.sends.add(conversation.id)
        return changed

    def _tell(self, connection: Connection, event: Event, batch: _Batch) -> None:
        if event.task_id is None:
            return
        if event.type == "started":
            note_running(connection, event.task_id)
        elif (conversation_id := tell(connection, event.task_id, event.type, self._now())) is not None:
            batch.turns.add(conversation_id)

    def _announce(self, batch: _Batch) -> None:
        self._changes.announce()
        for event in batch.settings:
            self._mirror.forget(event.conversation_id or "")
        for conversation_id in batch.turns:
            self._wake_turns(conversation_id)
        for conversation_id in batch.sends:
            self._wake_sender(conversation_id)

    def _move(self, connection: Connection, reached: int) -> None:
        insert_new(connection, cursors, [{"name": EVENTS, "position": 0}])
        connection.execute(_MOVE, {"cursor": EVENTS, "reached": reached})

    def _position(self) -> int:
        with self._database.read() as connection:
            return int(connection.execute(_POSITION, {"cursor": EVENTS}).scalar() or 0)
