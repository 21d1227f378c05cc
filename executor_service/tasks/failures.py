"""Errors of a task: whether to try again, and the sentence for the person."""

from __future__ import annotations

from shared.contracts.base import Language
from shared.contracts.tasks import TaskError
from shared.errors import RecadoError, TemporaryError
from shared.texts import Texts

RETRY_DELAYS_SECONDS = (1.0, 4.0)
"""Delays after the first and second failure; short, because a person waits for the answer."""
MAX_DELAY_SECONDS = 60.0


def retry_delay(error: Exception, attempts: int) -> float | None:
    """Seconds until a failed task is tried again, or None when it is not."""
    if not isinstance(error, TemporaryError) or attempts > len(RETRY_DELAYS_SECONDS):
        return None
    wanted = error.retry_after_seconds or RETRY_DELAYS_SECONDS[attempts - 1]
    return wanted if wanted <= MAX_DELAY_SECONDS else None


def explain(error: Exception, texts: Texts, language: Language, title: str) -> TaskError:
    """The reason for programs and the sentence for the person; an error that is our bug says only that it failed."""
    if not isinstance(error, RecadoError):
        return TaskError(reason="error", text=texts.say(language, "error.error", title=title))
    for cls in type(error).__mro__:
        key = f"error.{getattr(cls, 'code', '')}"
        if texts.has(key):
            return TaskError(reason=error.code, text=texts.say(language, key, **_params(error, title)))
    return TaskError(reason=error.code, text=texts.say(language, "error.error", title=title))


def _params(error: RecadoError, title: str) -> dict[str, str]:
    """What a sentence can name: an error's own params, else its detail."""
    return {"title": title, **dict.fromkeys(("detail", "text", "message"), error.detail), **error.params}
