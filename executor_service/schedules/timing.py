"""When a schedule is due next: a cron in the person's time zone, right at both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from shared.errors import InvalidArguments

FIELDS = 5
SHORTEST = timedelta(minutes=15)


def next_after(cron: str, time_zone: str, moment: datetime) -> datetime:
    """The first moment after `moment` (aware) that the cron names, in UTC."""
    return next(CronSim(cron, moment.astimezone(ZoneInfo(time_zone)))).astimezone(UTC)


def check_cron(cron: str, time_zone: str, now: datetime) -> None:
    """Raises InvalidArguments for a cron that has not five fields, never comes, or comes more often than SHORTEST."""
    if len(cron.split()) != FIELDS:
        raise InvalidArguments(f"{cron!r} is not a cron of five fields")
    try:
        moments = CronSim(cron, now.astimezone(ZoneInfo(time_zone)))
        first, second = next(moments), next(moments)
    except (CronSimError, StopIteration) as error:
        raise InvalidArguments(f"{cron!r} is not a cron that ever comes") from error
    if second - first < SHORTEST:
        raise InvalidArguments(f"{cron!r} comes more often than every {SHORTEST.seconds // 60} minutes")
