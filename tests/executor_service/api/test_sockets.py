"""Socket.IO `/tasks` on a real server: who may listen to what, and that each row arrives once, in order."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused

from shared.contracts.tasks import CallRequest
from tests.executor_service.api.served import Served
from tests.executor_service.api.tools import Gate
from tests.patience import PATIENCE_SECONDS, until

NAMESPACE = "/tasks"
QUIET_SECONDS = 0.3


@dataclass
class Listener:
    """A client that keeps the ids of the rows it got; its cursor is the last one."""

    served: Served
    token: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    client: Any = None

    @property
    def ids(self) -> list[int]:
        return [row["id"] for row in self.rows]

    def connect(self) -> Listener:
        self.client = socketio.Client(reconnection=False, handle_sigint=False)
        self.client.on("event", self.rows.append, namespace=NAMESPACE)
        self.client.connect(
            self.served.url,
            namespaces=[NAMESPACE],
            transports=["websocket"],
            auth={"token": self.token},
            wait_timeout=PATIENCE_SECONDS,
        )
        return self

    def subscribe(self, **wanted: Any) -> Any:
        return self.client.call("subscribe", wanted, namespace=NAMESPACE, timeout=PATIENCE_SECONDS)

    def resume(self) -> None:
        """Connects and asks for what came after the last row it has."""
        assert self.connect().subscribe(after=max(self.ids, default=0)) == {}

    def leave(self) -> None:
        """As when the network breaks: saying goodbye takes the client's library three seconds."""
        if self.client is not None and self.client.connected:
            self.client.eio.ws.sock.shutdown(socket.SHUT_RDWR)
            assert until(lambda: not self.client.connected)


Make = Callable[..., Listener]


@pytest.fixture
def listener_of(listening: Served) -> Iterator[Make]:
    made: list[Listener] = []

    def make(token: str = "") -> Listener:
        made.append(Listener(listening, token or listening.house.tokens.service("gateway")))
        return made[-1]

    yield make
    for one in made:
        one.leave()


def hanging_task(served: Served, contact: str) -> str:
    request = CallRequest(tool="test.hang", caller=served.house.caller(contact), key=f"{contact}:1", wait_seconds=0)
    return served.house.executor.call(request).task.id


@pytest.mark.parametrize("token", ["none", "forged.token"])
def test_nobody_connects_without_a_token(listener_of: Make, token: str) -> None:
    with pytest.raises(Refused):
        listener_of(token).connect()


def test_task_is_followed_by_its_owner_only(listening: Served, listener_of: Make, gate: Gate) -> None:
    task_id = hanging_task(listening, "ana")
    other = listener_of(listening.house.caller("leo")).connect()
    assert other.subscribe(task_id=task_id)["problem"]["status"] == 404
    owner = listener_of(listening.house.caller("ana")).connect()
    assert owner.subscribe(task_id=task_id) == {}
    hanging_task(listening, "leo")
    gate.set()
    until(lambda: owner.rows and owner.rows[-1]["type"] == "succeeded")
    kinds = [row["type"] for row in owner.rows if row["type"] != "progress"]
    assert kinds == ["started", "succeeded"]
    assert {row["task_id"] for row in owner.rows} == {task_id}
    assert other.rows == []


def test_all_tasks_are_for_gateway_and_operator(listening: Served, listener_of: Make) -> None:
    tokens = listening.house.tokens
    for token in (listening.house.caller(), tokens.service("interpreter"), tokens.service("executor")):
        assert listener_of(token).connect().subscribe()["problem"]["status"] == 403
    for token in (tokens.service("gateway"), tokens.service("operator")):
        assert listener_of(token).connect().subscribe() == {}


@pytest.mark.parametrize("wanted", [{"after": -1}, {"after": "x"}, {"since": 1}, {"task_id": "x" * 41}])
def test_wrong_subscription_names_what_is_wrong(listener_of: Make, wanted: dict[str, Any]) -> None:
    problem = listener_of().connect().subscribe(**wanted)["problem"]
    assert (problem["status"], [one["where"] for one in problem["errors"]]) == (422, list(wanted))


def test_rows_come_in_order_after_catching_up(listening: Served, listener_of: Make) -> None:
    listening.write_rows(550)
    listener = listener_of().connect()
    assert listener.subscribe(after=100) == {}
    listening.write_rows(60)
    until(lambda: len(listener.rows) >= 510)
    assert listener.ids == list(range(101, 611))


def test_who_was_away_gets_each_row_once(listening: Served, listener_of: Make) -> None:
    listener = listener_of()
    for _ in range(3):
        listener.resume()
        listening.write_rows(20)
        until(lambda: listener.ids and listener.ids[-1] == listening.house.log.last_id())
        listener.leave()
        listening.write_rows(20)
    listener.resume()
    until(lambda: len(listener.rows) >= 120)
    assert listener.ids == list(range(1, 121))


def test_server_that_starts_again_goes_on_where_the_client_was(listening: Served, listener_of: Make) -> None:
    listener = listener_of()
    listener.resume()
    listening.write_rows(10)
    until(lambda: len(listener.rows) == 10)
    listening.restart()
    listening.write_rows(10)
    assert until(lambda: not listener.client.connected)
    listener.resume()
    until(lambda: len(listener.rows) == 20)
    assert listener.ids == list(range(1, 21))


def test_cursor_that_is_too_old_is_refused_with_the_oldest_row(listening: Served, listener_of: Make) -> None:
    listening.write_rows(10)
    listening.house.database.write(lambda connection: listening.house.log.remove_before(connection, 6))
    listener = listener_of().connect()
    problem = listener.subscribe(after=2)["problem"]
    assert (problem["status"], problem["params"]) == (410, {"oldest": "6"})
    assert listener.subscribe(after=5) == {}
    until(lambda: len(listener.rows) == 5)
    assert listener.ids == [6, 7, 8, 9, 10]


def test_second_subscription_takes_the_place_of_the_first(listening: Served, listener_of: Make) -> None:
    listener = listener_of().connect()
    assert listener.subscribe(after=0) == listener.subscribe(after=0) == {}
    listening.write_rows(5)
    until(lambda: len(listener.rows) >= 5)
    time.sleep(QUIET_SECONDS)
    assert listener.ids == [1, 2, 3, 4, 5]


def test_twenty_clients_cost_one_thread_of_the_stream_and_leave_none(listening: Served, listener_of: Make) -> None:
    listeners = [listener_of() for _ in range(20)]
    starting = [threading.Thread(target=one.resume) for one in listeners]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    listening.write_rows(50)
    assert until(lambda: all(len(one.rows) >= 50 for one in listeners))
    assert [one.ids for one in listeners] == [list(range(1, 51))] * 20
    assert streams() == 1
    for one in listeners:
        one.leave()
    assert until(lambda: streams() == 0)


def streams() -> int:
    return sum(thread.name == "event-stream" for thread in threading.enumerate())
