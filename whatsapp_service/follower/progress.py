"""When and what to say of a task that takes its time: decided here, from what the rows said so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.contracts.base import Language
from shared.contracts.events import ENDINGS, Event
from shared.texts import Texts

MAX_TEXT_CHARS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A running task of a conversation. `said_at` is when the person last heard of it, `said` what had been done."""

    task_id: str
    conversation_id: str
    started_at: datetime
    title: str = ""
    text: str = ""
    done: int = 0
    total: int = 0
    waits: bool = False
    said_at: datetime | None = None
    said: tuple[int, str] = (0, "")


def follow(track: Track | None, event: Event) -> Track | None:
    """The track after a row; None once the task ended, or where there is nothing to follow."""
    if event.task_id is None or event.conversation_id is None or event.type in ENDINGS:
        return None
    if track is None and event.type not in ("started", "progress"):
        return None
    track = track or Track(task_id=event.task_id, conversation_id=event.conversation_id, started_at=event.at)
    if event.type == "waiting":
        return replace(track, waits=True)
    if event.type == "started":
        return replace(track, waits=False, title=_text(event.data, "title") or track.title)
    if event.type == "progress":
        return _moved(track, event.data)
    return track


def is_due(track: Track, now: datetime, *, first_seconds: float, every_seconds: float) -> bool:
    """Whether it is time for a word: the first after a while in any case, more only about what moved."""
    if track.waits:
        return False
    if track.said_at is None:
        return now - track.started_at >= timedelta(seconds=first_seconds)
    moved = (track.done, track.text) != track.said
    return moved and now - track.said_at >= timedelta(seconds=every_seconds)


def said(track: Track, now: datetime) -> Track:
    return replace(track, said_at=now, said=(track.done, track.text))


def progress_text(track: Track, texts: Texts, language: Language) -> str:
    """The title with a percentage where the total is known, else with what is being done."""
    if not track.title:
        return track.text or texts.say(language, "progress_untitled")
    if track.total > 0:
        percent = min(100, 100 * track.done // track.total)
        return texts.say(language, "progress_percent", title=track.title, percent=percent)
    if track.text:
        return texts.say(language, "progress_text", title=track.title, text=track.text)
    return texts.say(language, "progress", title=track.title)


def _moved(track: Track, data: dict[str, Any]) -> Track:
    return replace(
        track,
        waits=False,
        title=_text(data, "title") or track.title,
        text=_text(data, "text"),
        done=_count(data, "done"),
        total=_count(data, "total"),
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value[:MAX_TEXT_CHARS] if isinstance(value, str) else ""


def _count(data: dict[str, Any], name: str) -> int:
    value = data.get(name)
    return value if isinstance(value, int) and value > 0 else 0
