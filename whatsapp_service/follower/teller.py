"""Tells people how far their tasks are, from memory: after a restart the next row of a task brings it back."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from shared.clock import Clock
from shared.contracts.events import Event
from shared.contracts.messages import Reply, TextPart
from shared.database import Database
from shared.texts import Texts
from whatsapp_service.changes import Changes, append_changes
from whatsapp_service.conversations import find_conversation
from whatsapp_service.follower.progress import Track, follow, is_due, progress_text, said
from whatsapp_service.limits import Limits
from whatsapp_service.model import Conversation
from whatsapp_service.outbox.accounts import Accounts
from whatsapp_service.outbox.buckets import Buckets
from whatsapp_service.outbox.rendering import messages_of
from whatsapp_service.outbox.steps import is_window_open
from whatsapp_service.outbox.store import enqueue, is_behind


class Teller:
    """`note` takes rows as they come, `tick` says what is due; progress never delays a real message."""

    def __init__(
        self,
        database: Database,
        *,
        accounts: Accounts,
        buckets: Buckets,
        changes: Changes,
        texts: Texts,
        wake_sender: Callable[[str], None],
        limits: Limits,
        now: Clock,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._buckets = buckets
        self._changes = changes
        self._texts = texts
        self._wake_sender = wake_sender
        self._limits = limits
        self._now = now
        self._lock = threading.Lock()
        self._tracks: OrderedDict[str, Track] = OrderedDict()

    def note(self, events: Iterable[Event]) -> None:
        with self._lock:
            for event in events:
                if event.task_id is not None and event.conversation_id is not None:
                    self._note(event, event.task_id)

    def tick(self) -> None:
        """Says what is due now."""
        now = self._now()
        with self._lock:
            due = [track for track in self._tracks.values() if self._is_due(track, now)]
            for track in due:
                self._tracks[track.task_id] = said(track, now)
        for track in due:
            if self._database.write(partial(self._say, track=track, now=now)):
                self._changes.announce()
                self._wake_sender(track.conversation_id)

    def _note(self, event: Event, task_id: str) -> None:
        track = follow(self._tracks.get(task_id), event)
        if track is None:
            self._tracks.pop(task_id, None)
            return
        self._tracks[task_id] = track
        while len(self._tracks) > self._limits.max_followed_tasks:
            self._tracks.popitem(last=False)

    def _is_due(self, track: Track, now: datetime) -> bool:
        return is_due(
            track,
            now,
            first_seconds=self._limits.progress_first_seconds,
            every_seconds=self._limits.progress_every_seconds,
        )

    def _say(self, connection: Connection, track: Track, now: datetime) -> bool:
        """Puts the word into the outbox; not when something waits there already or the contact's burst is used up."""
        conversation = find_conversation(connection, track.conversation_id)
        if conversation is None or conversation.mode != "bot":
            return False
        sender = self._accounts.find(conversation.channel, conversation.account)
        if sender is None or is_behind(connection, conversation.id):
            return False
        if sender.manner.is_paced and self._buckets.left(conversation.contact_id) < self._limits.progress_reserve:
            return False
        if sender.manner.has_window and self._is_closed(conversation, now):
            return False
        elapsed = int((now - track.started_at).total_seconds() // self._limits.progress_every_seconds)
        text = progress_text(track, self._texts, conversation.language)
        reply = Reply(key=f"progress:{track.task_id}:{elapsed}", parts=(TextPart(text=text),), slot=track.task_id)
        new = messages_of(reply, sender.manner.max_text)[:1]
        changed = enqueue(connection, conversation, new, now, is_instant=sender.manner.is_instant)
        append_changes(connection, now, changed)
        return bool(changed)

    def _is_closed(self, conversation: Conversation, now: datetime) -> bool:
        """Whether a word could only wait until the person writes, when it is stale."""
        is_open = is_window_open(conversation.last_inbound_at, now, self._limits.window_seconds)
        return conversation.parked_at is not None or not is_open
