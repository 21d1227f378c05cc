"""Asking for a day."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from executor_service.flows.answers.dates import Direction, read_date
from executor_service.flows.answers.model import Answer
from executor_service.flows.node import Visit
from executor_service.flows.nodes.validating import Validate, ValidateConfig


class ValidateDateConfig(ValidateConfig):
    """`prefer`: which one "friday" means. The limits are days from today, 0 for today itself."""

    prefer: Direction = "future"
    earliest_in_days: int | None = None
    latest_in_days: int | None = None


class ValidateDateNode(Validate[ValidateDateConfig]):
    """Asks for a day, in figures or words such as "el viernes", and keeps it as 2026-11-27.

    {"label": "Day", "type": "validate_date", "config": {"text": "¿Qué día te queda bien?",
     "variable": "session.day", "earliest_in_days": 0, "latest_in_days": 60}}
    """

    name = "validate_date"
    titles = {"es": "Pedir fecha", "pt": "Pedir data", "en": "Ask for a date"}  # noqa: RUF012
    config = ValidateDateConfig

    def read(self, config: ValidateDateConfig, visit: Visit, said: str) -> Answer:
        today = visit.now.astimezone(ZoneInfo(visit.time_zone)).date()
        return read_date(
            said,
            today,
            visit.language,
            prefer=config.prefer,
            not_before=_in_days(today, config.earliest_in_days),
            not_after=_in_days(today, config.latest_in_days),
        )


def _in_days(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)
