"""What an alert waits for that an ERP tells by itself, in the person's words."""

from __future__ import annotations

from executor_service.schedules.describing import say_cron
from executor_service.schedules.model import Schedule
from shared.contracts.base import Language
from shared.texts import Texts

SILENT = frozenset(
    {
        "credentials_refused",
        "erp_not_found",
        "erp_not_permitted",
        "no_match",
        "not_linked",
        "not_permitted",
    }
)
"""Why a person is told nothing of a document: they may not see it, or it is gone."""


def say_times(schedule: Schedule, language: Language, texts: Texts) -> str:
    """When a schedule comes: its cron, or what it waits for."""
    if schedule.occasion is None:
        return say_cron(schedule.cron, language, texts)
    return texts.say(language, f"occasion_{schedule.occasion.what}")


def occasion_key(connection_id: str, doctype: str) -> str:
    """How the alerts are found that may wait for a happening."""
    return f"{connection_id}:{doctype}"
