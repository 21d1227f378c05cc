"""The next moment of a schedule, over both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from executor_service.schedules.timing import check_cron, next_after
from shared.errors import InvalidArguments


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "cron", "after", "due"),
    [
        ("America/Lima", "0 8 * * 1", "2026-11-20T15:00", "2026-11-23T13:00"),
        ("Europe/Madrid", "30 2 * * *", "2026-03-28T12:00", "2026-03-29T01:00"),  # 2:30 does not exist: at 3:00
        ("Europe/Madrid", "30 2 * * *", "2026-10-24T12:00", "2026-10-25T00:30"),  # 2:30 comes twice: the first
        ("Europe/Madrid", "30 2 * * *", "2026-10-25T00:30", "2026-10-26T01:30"),
        ("America/Santiago", "0 8 L * *", "2026-02-10T12:00", "2026-02-28T11:00"),
    ],
)
def test_next_moment_is_in_the_zone_of_the_person(zone: str, cron: str, after: str, due: str) -> None:
    assert next_after(cron, zone, at(after)) == at(due)


@pytest.mark.parametrize("cron", ["", "x", "* * * * * *", "0 0 30 2 *", "* * * * *", "*/5 * * * *", "61 8 * * *"])
def test_cron_that_never_or_too_often_comes_is_refused(cron: str) -> None:
    with pytest.raises(InvalidArguments):
        check_cron(cron, "America/Lima", at("2026-11-20T15:00"))
