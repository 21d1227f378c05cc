"""Everything in the gateway that can loop, grow or wait, with its limit and unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A test or a benchmark may raise or lower them; the defaults are for real channels."""

    turn_threads: int = 16
    send_threads: int = 8
    lease_seconds: float = 15
    renew_seconds: float = 4
    poll_seconds: float = 1
    max_polled: int = 500
    turn_retry_seconds: tuple[float, ...] = (1, 3, 10, 30, 120)
    """Delays between the tries of a turn; one more than these are made."""
    history_turns: int = 6
    history_chars: int = 2000
    """Of what was said, and again of what was answered, kept of each turn."""
    history_calls: int = 8
    known_places: int = 20_000
    """Addresses whose conversation is remembered in the process."""
    max_delivery_bytes: int = 4 * 1024 * 1024
    max_chat_chars: int = 100_000
    contact_burst: float = 10
    contact_refill_seconds: float = 6
    """A contact on WhatsApp may get one message in so many seconds, after a burst."""
    progress_reserve: float = 4
    """What must be left of a contact's burst before progress is said."""
    unknown_seconds: float = 120
    """How long a send without an answer waits for a status before it is tried again."""
    window_seconds: float = 24 * 3600 - 300
    max_parked: int = 30
    """Messages that wait in one conversation until the person writes; the oldest are given up."""
    parked_seconds: float = 14 * 24 * 3600
    max_media_bytes: int = 32 * 1024 * 1024
    max_voice_bytes: int = 16 * 1024 * 1024
    """A voice note recorded in the web chat."""
    human_quiet_seconds: float = 12 * 3600
    """How long nobody says anything in a conversation that a person answers, until it is the bot's again."""
    feed_check_seconds: float = 30
    """How often it is asked again whether those who listen to the live feed still may."""
    progress_first_seconds: float = 3
    progress_every_seconds: float = 15
    max_followed_tasks: int = 10_000
    cursor_every_seconds: float = 5
    row_patience_seconds: float = 1
    """How long a row of the executor waits for the turn that brings it too."""
    pending_look_seconds: float = 60
    max_background_jobs: int = 10_000
