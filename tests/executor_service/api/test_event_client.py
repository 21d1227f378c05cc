"""Rows for a gateway that runs apart: each once and in order, through restarts of the executor."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from shared.apis import Unsubscribe
from shared.contracts.events import Event
from shared.http.event_client import RemoteEventStream
from shared.http.executor_client import ExecutorClient
from tests.executor_service.api.served import Served
from tests.patience import until

THREADS = ("event-follower", "event-listener")


class Gateway:
    """Who follows; `reached` is its cursor, which it keeps through its own restarts."""

    def __init__(self, served: Served, **options: float) -> None:
        self._served = served
        self._options = options
        self._leave: Unsubscribe | None = None
        self.rows: list[Event] = []
        self.fails = 0

    @property
    def ids(self) -> list[int]:
        return [row.id for row in self.rows]

    def start(self) -> None:
        self._client = ExecutorClient(self._served.url, self._served.house.tokens, "gateway")
        tokens = self._served.house.tokens
        stream = RemoteEventStream(self._served.url, self._client, tokens, "gateway", **self._options)
        self._leave = stream.follow(max(self.ids, default=0), self.take)

    def stop(self) -> None:
        if self._leave is not None:
            self._leave()
            self._client.close()
            self._leave = None

    def take(self, rows: tuple[Event, ...]) -> None:
        if self.fails:
            self.fails -= 1
            raise ZeroDivisionError
        self.rows += rows


@pytest.fixture
def gateway(listening: Served) -> Iterator[Gateway]:
    made = Gateway(listening)
    made.start()
    yield made
    made.stop()


def test_row_is_pushed_to_who_never_looks(listening: Served) -> None:
    gateway = Gateway(listening, look_every_seconds=3600)
    gateway.start()
    assert until(lambda: any(one.name == "event-stream" for one in threading.enumerate()))
    time.sleep(0.5)  # for the look that follows every connection
    listening.write_rows(1)
    assert until(lambda: gateway.ids == [1])
    gateway.stop()


def test_rows_of_a_restarted_executor_come_once(listening: Served, gateway: Gateway) -> None:
    listening.write_rows(10)
    assert until(lambda: len(gateway.rows) == 10)
    listening.stop()
    listening.write_rows(10)
    listening.start()
    listening.restart()
    listening.write_rows(10)
    assert until(lambda: len(gateway.rows) >= 30)
    assert gateway.ids == list(range(1, 31))


def test_gateway_that_was_away_goes_on_at_its_cursor(listening: Served, gateway: Gateway) -> None:
    listening.write_rows(600)
    assert until(lambda: len(gateway.rows) == 600)
    gateway.stop()
    listening.write_rows(20)
    gateway.start()
    assert until(lambda: len(gateway.rows) >= 620)
    assert gateway.ids == list(range(1, 621))


def test_rows_that_could_not_be_taken_come_again(listening: Served, gateway: Gateway) -> None:
    gateway.fails = 1
    listening.write_rows(3)
    assert until(lambda: len(gateway.rows) >= 3)
    assert gateway.ids == [1, 2, 3]


def test_cursor_that_is_too_old_goes_on_with_the_oldest_row(listening: Served, gateway: Gateway) -> None:
    listening.write_rows(3)
    assert until(lambda: len(gateway.rows) == 3)
    gateway.stop()
    listening.write_rows(10)
    listening.house.database.write(lambda connection: listening.house.log.remove_before(connection, 9))
    gateway.start()
    assert until(lambda: len(gateway.rows) >= 8)
    assert gateway.ids == [1, 2, 3, 9, 10, 11, 12, 13]


def test_who_stops_leaves_no_thread(listening: Served, gateway: Gateway) -> None:
    listening.write_rows(1)
    assert until(lambda: gateway.rows)
    gateway.stop()
    assert until(lambda: not [one for one in threading.enumerate() if one.name in THREADS])
