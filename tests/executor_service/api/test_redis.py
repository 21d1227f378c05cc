"""Two executors with Redis between them: a client of one gets the rows of both once, with Redis or without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_sockets import Listener
from tests.fakes.house import House
from tests.patience import until

pytestmark = pytest.mark.service("redis")


@pytest.fixture
def two(tmp_path: Path, redis_url: str) -> Iterator[tuple[Served, Served]]:
    with House(tmp_path, ()) as first, House(tmp_path, ()) as second:
        made = Served(first, redis_url=redis_url), Served(second, redis_url=redis_url)
        for served in made:
            served.start()
        yield made
        for served in made:
            served.stop()


def test_rows_of_both_reach_clients_of_both_once_though_redis_breaks(
    two: tuple[Served, Served], redis_url: str
) -> None:
    listeners = [Listener(served, served.house.tokens.service("gateway")).connect() for served in two]
    for listener in listeners:
        assert listener.subscribe() == {}
    for served in two:
        served.write_rows(5)
    assert until(lambda: all(len(listener.rows) >= 10 for listener in listeners))
    with redis.Redis.from_url(redis_url) as server:
        assert server.execute_command("CLIENT", "KILL", "TYPE", "pubsub") >= len(two)
    for served in two:
        served.write_rows(5)
    assert until(lambda: all(len(listener.rows) >= 20 for listener in listeners))
    assert [listener.ids for listener in listeners] == [list(range(1, 21))] * 2
    for listener in listeners:
        listener.leave()
