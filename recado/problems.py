"""Which failures of a command a person can mend, and how they are said."""

from __future__ import annotations

from shared.errors import RecadoError
from shared.settings import SettingsError


class CannotStart(Exception):
    """Why it cannot start, in one sentence that names the setting and the way out."""


def sentence_of(error: Exception) -> str | None:
    """The sentence for a failure that is not a bug of ours; None for one that is."""
    if isinstance(error, CannotStart | SettingsError):
        return str(error)
    if isinstance(error, RecadoError):
        return f"{error.title}: {error.detail}" if error.detail != error.title else error.title
    return None
