"""Stopping a server: in time, with an open WebSocket and a running task, and without a word of complaint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio

from shared.tokens import Tokens
from tests.acceptance.server import TIMEOUT_SECONDS, Server, eventually
from tests.integration.apart import SECRET
from tests.integration.conftest import SLOW_TOOL

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Any:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "lathe.py").write_text(SLOW_TOOL)
    made = Server(tmp_path, {"tools_path": str(tools), "secret_key": SECRET, "unknown_contacts": "allow"})
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize(("tell", "asked"), [(Server.terminate, "tornea la pieza"), (Server.interrupt, "lija la mesa")])
def test_server_ends_in_time_and_the_task_is_taken_over(
    server: Server, tell: Callable[[Server], None], asked: str
) -> None:
    listeners = [listen(server, "/executor", "/tasks"), listen(server, "", "/inbox")]
    say(server, asked)
    eventually(lambda: "running" in statuses(server), "the task runs")
    tell(server)
    assert server.stop() == 0
    for complaint in ("Traceback", "error", "SIGKILL"):  # the last: it did not end in its own time
        assert complaint not in server.log
    assert not any(listener.connected for listener in listeners)
    server.start()
    eventually(lambda: statuses(server) == ["succeeded"], "the task was taken over")


def listen(server: Server, prefix: str, namespace: str) -> socketio.Client:
    client = socketio.Client(reconnection=False, handle_sigint=False)
    token = Tokens(SECRET).service("operator")
    path = f"{prefix}/socket.io".strip("/")
    client.connect(
        server.url, socketio_path=path, namespaces=[namespace], auth={"token": token}, wait_timeout=TIMEOUT_SECONDS
    )
    return client


def say(server: Server, text: str) -> None:
    body = {"text": text}
    answer = requests.post(f"{server.url}/api/chat/messages", json=body, headers=headers(), timeout=TIMEOUT_SECONDS)
    assert answer.ok, answer.text


def statuses(server: Server) -> list[str]:
    answer = requests.get(f"{server.url}/executor/api/tasks", headers=headers(), timeout=TIMEOUT_SECONDS)
    return [task["status"] for task in answer.json()["tasks"]]


def headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {Tokens(SECRET).service('operator')}"}
