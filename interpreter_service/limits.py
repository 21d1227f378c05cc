"""What one turn may cost at most, each limit with its unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of the interpreter; the defaults suit a chat."""

    call_wait_seconds: float = 8
    """How long a call may hold the turn before its task goes on alone."""
    turn_seconds: float = 60
    """After this no further model or tool call of the turn is started."""
    model_seconds: float = 30
    """Total time of one question to a model, its retry included."""
    answer_tokens: int = 1_000
    """Longest answer of a model."""
    steps_per_turn: int = 6
    """Questions to the model."""
    calls_per_reply: int = 8
    """Tool calls in one reply of the model."""
    corrections_per_turn: int = 2
    """Wrong calls that the model may correct."""
    tokens_per_turn: int = 60_000
    """Tokens in and out, all questions of the turn together."""
    tokens_per_contact_and_day: int = 1_000_000
    """After this a contact is answered without the model until the next day (UTC)."""
    tools_shown: int = 12
    """Tools that a model may choose from."""
    rows_shown: int = 40
    """Rows of a table that a model sees."""
    history_turns: int = 6
    """Earlier turns that a model sees."""
    voice_seconds: float = 25
    """Total time of hearing one voice note, a retry included; the turn has its own time after it."""
    voice_bytes: int = 16 * 1024 * 1024
    """Longest voice note: what WhatsApp takes, hours of speech."""
    options_offered: int = 3
    """Buttons under "did you mean"."""
