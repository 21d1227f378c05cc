"""Going on later: durable, of any length."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from executor_service.flows.inputs import Input
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome, Pause
from executor_service.flows.session_model import Wait

DAY_SECONDS = 86_400
Weekday = Annotated[int, Field(ge=1, le=7)]


class DelayConfig(Config):
    """`fixed`: for `seconds`; `random`: between `seconds` and `max_seconds`; `until`: the next `time` of a day.

    Times of day are in the conversation's time zone. `weekdays`: 1 is Monday; empty is every day.
    """

    mode: Literal["fixed", "random", "until"] = "fixed"
    seconds: float = Field(default=0, ge=0, le=366 * DAY_SECONDS)
    max_seconds: float = Field(default=0, ge=0, le=366 * DAY_SECONDS)
    time: str = Field(default="", pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^$")
    days: int = Field(default=0, ge=0, le=366, description="At least so many days from today")
    weekdays: tuple[Weekday, ...] = ()
    on_message: Literal["keep", "skip_delay", "interrupt"] = "keep"

    @model_validator(mode="after")
    def _is_complete(self) -> DelayConfig:
        if self.mode == "until" and not self.time:
            raise PydanticCustomError("needs_time", "give the time of day")
        if self.mode == "random" and self.max_seconds < self.seconds:
            raise PydanticCustomError("needs_longer", "max_seconds is less than seconds")
        return self


class DelayNode(Node[DelayConfig]):
    """Waits for a time: seconds, some days, or until nine in the morning.

    {"label": "Tomorrow at nine", "type": "delay", "config": {"mode": "until", "time": "09:00", "days": 1}}
    """

    name = "delay"
    titles = {"es": "Espera", "pt": "Espera", "en": "Delay"}  # noqa: RUF012
    config = DelayConfig

    def enter(self, config: DelayConfig, visit: Visit) -> Outcome:
        until = wake_at(config, visit.now, visit.time_zone, seed=f"{visit.session.id}:{visit.session.step}")
        return Pause(Wait(kind="delay", until=until, on_message=config.on_message))

    def resume(self, config: DelayConfig, visit: Visit, given: Input) -> Outcome:
        return Leave()


def wake_at(config: DelayConfig, now: datetime, time_zone: str, *, seed: str) -> datetime:
    """When a delay that begins now is over."""
    if config.mode == "until":
        return _time_of_day(config, now, ZoneInfo(time_zone))
    seconds = config.seconds
    if config.mode == "random":
        share = int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        seconds += (config.max_seconds - config.seconds) * share
    return now + timedelta(seconds=seconds)


def _time_of_day(config: DelayConfig, now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=config.days)
    wanted = time.fromisoformat(config.time)
    while True:
        moment = datetime.combine(day, wanted, tzinfo=zone).astimezone(now.tzinfo)
        if moment > now and (not config.weekdays or day.isoweekday() in config.weekdays):
            return moment
        day += timedelta(days=1)
