"""The executor's client over a real socket: the same answers and the same errors as the handler itself."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import select

from executor_service.tables import conversations, receipts
from shared.contracts.tasks import AnswerRequest, CallRequest, CancelRequest, ConversationState, Receipt
from shared.errors import (
    CallerError,
    ContractBroken,
    Gone,
    InvalidArguments,
    KeyReused,
    NotAuthenticated,
    NotFound,
    NotPermitted,
    RecadoError,
    ServiceUnreachable,
    UnknownTool,
)
from shared.http.executor_client import ExecutorClient
from tests.executor_service.api.served import Served
from tests.executor_service.api.tools import Gate

MEGABYTE = 1024 * 1024


@pytest.fixture
def api(listening: Served) -> Iterator[ExecutorClient]:
    client = listening.api()
    yield client
    client.close()


def request(served: Served, tool: str = "test.echo", key: str = "t1:1", **options: object) -> CallRequest:
    return CallRequest.model_validate({"tool": tool, "caller": served.house.caller(), "key": key, **options})


def test_call_answer_and_cancel_are_those_of_the_handler(listening: Served, api: ExecutorClient, gate: Gate) -> None:
    waiting = api.call(request(listening, "test.write", arguments={"text": "x"})).task
    answer = AnswerRequest(option="approve", caller=listening.house.caller(), key="tap")
    assert api.answer(waiting.id, answer).task.status == "succeeded"
    assert api.task(waiting.id, listening.house.caller()) == listening.house.executor.task(
        waiting.id, listening.house.caller()
    )
    running = api.call(request(listening, "test.hang", "t1:2", wait_seconds=0)).task
    assert api.cancel(running.id, CancelRequest(caller=listening.house.caller())).status == "cancelled"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"tool": "test.nothing"}, UnknownTool),
        ({"tool": "test.secret"}, NotPermitted),
        ({"arguments": {"text": 5}}, InvalidArguments),
        ({"key": "used", "arguments": {"text": "other"}}, KeyReused),
    ],
)
def test_errors_are_those_of_the_handler(
    listening: Served, api: ExecutorClient, options: dict[str, object], error: type[RecadoError]
) -> None:
    listening.house.executor.call(request(listening, key="used", arguments={"text": "x"}))
    with pytest.raises(error) as remote:
        api.call(request(listening, **options))
    with pytest.raises(error) as local:
        listening.house.executor.call(request(listening, **options))
    assert (remote.value.detail, remote.value.params) == (local.value.detail, local.value.params)
    assert getattr(remote.value, "errors", ()) == tuple(map(dict, getattr(local.value, "errors", ())))


def test_unchanged_registry_is_not_sent_again(api: ExecutorClient) -> None:
    first = api.tools()
    assert api.tools() is first
    assert first.etag


def test_old_cursor_says_where_the_rows_begin(listening: Served, api: ExecutorClient) -> None:
    listening.write_rows(5)
    listening.house.database.write(lambda connection: listening.house.log.remove_before(connection, 4))
    with pytest.raises(Gone) as gone:
        api.events(1)
    assert gone.value.params == {"oldest": "4"}
    assert [row.id for row in api.events(3).events] == [4, 5]


def test_contact_is_admitted_by_its_link(listening: Served, api: ExecutorClient) -> None:
    assert (api.admits(listening.house.caller("ana")), api.admits(listening.house.caller("nobody"))) == (True, False)
    with pytest.raises(NotAuthenticated):
        api.admits("forged")


def test_receipt_and_conversation_arrive(listening: Served, api: ExecutorClient) -> None:
    api.receipt(Receipt(key="event:1", outcome="accepted", at=datetime.now(UTC)))
    api.set_conversation("a?b c", ConversationState(mode="human"))
    with listening.house.database.read() as connection:
        assert connection.execute(select(receipts.c.key, receipts.c.outcome)).all() == [("event:1", "accepted")]
        assert connection.execute(select(conversations.c.id, conversations.c.mode)).all() == [("a?b c", "human")]


@pytest.mark.parametrize("name", ["ventas.xlsx", 'café "año"\r\nX: y.pdf', "信.txt"])
def test_file_comes_back_as_it_was(listening: Served, api: ExecutorClient, name: str) -> None:
    saved = api.save_artifact(io.BytesIO(b"\r\n--x\r\n\0"), filename=name, media_type="a/b", contact_id="ana")
    about, content = api.open_artifact(saved.id)
    with content:
        assert (about, content.read()) == (saved, b"\r\n--x\r\n\0")
    assert (saved.media_type, saved.contact_id) == ("a/b", "ana")
    assert saved.filename.split(".")[-1] == name.split(".")[-1]


def test_large_file_is_never_in_memory(listening: Served, api: ExecutorClient) -> None:
    """80 MB: more than any other body may have."""
    tracemalloc.start()
    saved = api.save_artifact(zeros(80 * MEGABYTE), filename="big.bin", media_type="a/b", contact_id=None)
    about, content = api.open_artifact(saved.id)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    content.close()
    assert about.size_bytes == 80 * MEGABYTE
    assert most < 12 * MEGABYTE


def test_missing_file_and_foreign_path_are_not_found(api: ExecutorClient) -> None:
    with pytest.raises(NotFound):
        api.open_artifact("nothing")
    for name in ("../events", "a/b?c#d"):
        with pytest.raises(CallerError):
            api.open_artifact(name)


def test_executor_that_is_away_can_be_asked_again(listening: Served, api: ExecutorClient) -> None:
    api.events(0)
    listening.stop()
    with pytest.raises(ServiceUnreachable):
        api.events(0)
    listening.start()
    assert api.events(0).events == ()


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [(502, "<html>", ServiceUnreachable), (404, "<html>", ContractBroken), (200, "<html>", ContractBroken)],
)
def test_answer_of_something_in_between_is_told_apart(
    listening: Served, httpserver: HTTPServer, status: int, body: str, error: type[RecadoError]
) -> None:
    httpserver.expect_request("/v1/calls").respond_with_data(body, status)
    client = ExecutorClient(httpserver.url_for(""), listening.house.tokens, "interpreter")
    with pytest.raises(error):
        client.call(request(listening))
    client.close()


def zeros(size: int) -> BinaryIO:
    """A stream of so many zero bytes that holds none of them."""

    class Zeros(io.RawIOBase):
        left = size

        def readinto(self, buffer: bytearray) -> int:
            count = min(self.left, len(buffer))
            buffer[:count] = bytes(count)
            self.left -= count
            return count

        def readable(self) -> bool:
            return True

    return io.BufferedReader(Zeros())
