"""A bare Flask handler that acknowledges: signature, JSON, 200. With BENCH_DB it stores the delivery first.

The store is what most would write: one SQLite connection a thread, WAL, one durable commit a request.
"""

from __future__ import annotations

import os
import sqlite3
import threading

from flask import Flask, request

from bench.peers.webhook import message_in

SCHEMA = "CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY, sender TEXT, body BLOB)"


def create_app() -> Flask:
    app = Flask(__name__)
    path = os.environ.get("BENCH_DB", "")
    store = _Store(path) if path else None

    @app.post("/webhook")
    def webhook() -> str:
        message, raw = message_in(request)
        if store is not None:
            store.keep(message["id"], message["from"], raw)
        return "ok"

    return app


class _Store:
    def __init__(self, path: str) -> None:
        self._path = path
        self._threads = threading.local()
        self._connection().execute(SCHEMA)

    def keep(self, message_id: str, sender: str, raw: bytes) -> None:
        self._connection().execute("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?)", (message_id, sender, raw))

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._threads, "connection"):
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            self._threads.connection = connection
        return self._threads.connection  # type: ignore[no-any-return]
