"""Messages over a private pipe, one JSON text each. Nothing is ever unpickled."""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

MAX_MESSAGE_BYTES = 140 * 1024 * 1024
"""Room for the largest artifact (100 MB) in base64."""

Heard = TypeVar("Heard")


class Channel(Generic[Heard]):
    """One end of the pipe. `send` may be called from any thread, `receive` from one."""

    def __init__(self, connection: Connection, hears: TypeAdapter[Heard]) -> None:
        self._connection = connection
        self._hears = hears
        self._sending = threading.Lock()

    def send(self, message: BaseModel) -> None:
        """Raises ValueError for what JSON cannot carry or what is too large, OSError when nobody listens."""
        raw = message.model_dump_json().encode()
        if len(raw) > MAX_MESSAGE_BYTES:
            raise ValueError(f"larger than {MAX_MESSAGE_BYTES} bytes")
        with self._sending:
            self._connection.send_bytes(raw)

    def has_message(self, seconds: float) -> bool:
        """Waits until something can be received (also the end), at most so long."""
        return self._connection.poll(seconds)

    def receive(self) -> Heard:
        """Raises EOFError at the end, OSError for a broken pipe, ValueError for what is no message."""
        return self._hears.validate_json(self._connection.recv_bytes(MAX_MESSAGE_BYTES))

    def close(self) -> None:
        self._connection.close()
