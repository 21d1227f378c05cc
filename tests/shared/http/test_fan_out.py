"""Socket.IO servers with a Redis between them: they hear each other, also after a break, until they are ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import redis
import socketio
from flask import Flask

from shared.http.fan_out import end_socketio, make_socketio
from tests.patience import PATIENCE_SECONDS, until

pytestmark = pytest.mark.service("redis")
CHANNEL = "recado-test"


@pytest.fixture
def heard() -> list[Any]:
    return []


@pytest.fixture
def listener(redis_url: str, heard: list[Any]) -> Iterator[threading.Thread]:
    """The thread that listens for a server; what it hears is kept, and at the end it is ended."""
    server = make_socketio(Flask("test"), redis_url=redis_url, channel=CHANNEL, origins=None)
    manager = server.server.manager
    manager._handle_emit = heard.append
    manager.initialize()
    yield manager.thread
    end_socketio(server)
    manager.thread.join(PATIENCE_SECONDS)
    assert not manager.thread.is_alive()


def test_server_hears_others_and_again_after_a_break(
    listener: threading.Thread, heard: list[Any], redis_url: str
) -> None:
    other = socketio.RedisManager(redis_url, channel=CHANNEL, write_only=True)
    assert until(lambda: other.emit("first", {}) or any(one["event"] == "first" for one in heard))
    with redis.Redis.from_url(redis_url) as server:
        assert server.execute_command("CLIENT", "KILL", "TYPE", "pubsub") >= 1
    assert until(lambda: other.emit("second", {}) or any(one["event"] == "second" for one in heard))
    assert listener.is_alive()
    other.redis.close()


def test_server_without_redis_listens_to_nobody() -> None:
    server = make_socketio(Flask("test"), redis_url="", channel=CHANNEL, origins=None)
    server.server.manager.initialize()
    assert not hasattr(server.server.manager, "thread")
    end_socketio(server)
