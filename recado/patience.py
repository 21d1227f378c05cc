"""How long a client may take: one that sends or reads too slowly loses its connection, so that its thread is free."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEAD_SECONDS = 8.0
BODY_SECONDS = 10.0
"""For the first bytes of a body; every LEAST_BYTES_A_SECOND that came or are asked for give one second more."""
LEAST_BYTES_A_SECOND = 16 * 1024
MOST_ASKED_BYTES = 1024 * 1024
SEND_SECONDS = 30
"""How long a client may take none of what we send."""
LOOK_SECONDS = 1.0


class Patience:
    """Closes the reading side of sockets that somebody waits for too long: the wait then ends as if the client left."""

    def __init__(self, look_seconds: float = LOOK_SECONDS) -> None:
        self._look_seconds = look_seconds
        self._waited: dict[socket.socket, float] = {}
        self._mutex = threading.Lock()

    def start(self) -> None:
        threading.Thread(target=self._run, name="patience", daemon=True).start()

    @contextmanager
    def until(self, sock: socket.socket, deadline: float) -> Iterator[None]:
        """What is read inside must have come by `deadline`, in seconds of `time.monotonic`."""
        self.begin(sock, deadline)
        try:
            yield
        finally:
            self.end(sock)

    def begin(self, sock: socket.socket, deadline: float) -> None:
        with self._mutex:
            self._waited[sock] = deadline

    def end(self, sock: socket.socket) -> None:
        with self._mutex:
            self._waited.pop(sock, None)

    def _run(self) -> None:
        while True:
            time.sleep(self._look_seconds)
            self._look(time.monotonic())

    def _look(self, now: float) -> None:
        # Under the lock, so that a socket is not closed that has just been read.
        with self._mutex:
            for sock in [one for one, deadline in self._waited.items() if deadline <= now]:
                del self._waited[sock]
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RD)


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's threaded worker, whose threads slow clients cannot keep: it reads heads and bodies without a limit."""

    def init_process(self) -> None:
        self._patience = Patience()
        self._patience.start()
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        limit = struct.pack("ll", SEND_SECONDS, 0)
        with suppress(OSError):  # gone already, which the handler will find out
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        with self._patience.until(conn.sock, time.monotonic() + HEAD_SECONDS):
            return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        self._patience.end(conn.sock)
        req.body = _PatientBody(req.body, conn.sock, self._patience)
        return super().handle_request(req, conn)


class _PatientBody:
    """A request's body, which must keep coming; read as the server reads it."""

    def __init__(self, inner: Any, sock: socket.socket, patience: Patience) -> None:
        self._inner = inner
        self._sock = sock
        self._patience = patience
        self._began: float | None = None
        self._got = 0

    def read(self, size: int | None = None) -> bytes:
        return self._in_time(self._inner.read, size)

    def readline(self, size: int | None = None) -> bytes:
        return self._in_time(self._inner.readline, size)

    def readlines(self, size: int | None = None) -> list[bytes]:
        return self.read().splitlines(keepends=True)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _in_time(self, read: Callable[[int | None], bytes], size: int | None) -> bytes:
        if self._began is None:
            self._began = time.monotonic()
        asked = MOST_ASKED_BYTES if size is None or size < 0 else min(size, MOST_ASKED_BYTES)
        seconds = BODY_SECONDS + (self._got + asked) / LEAST_BYTES_A_SECOND
        with self._patience.until(self._sock, self._began + seconds):
            data = read(size)
        self._got += len(data)
        return data
