"""Ending a worker in time: what would never end by itself is told to, and a second signal changes nothing."""

from __future__ import annotations

import threading
import time
from typing import Any

from recado.patience import PatientWorker

REQUEST_SECONDS = 3
"""How long requests under way may take to end; the rest of the time is for the threads of the services."""
LOOK_SECONDS = 0.2


class StoppingWorker(PatientWorker):
    """Ends on SIGTERM and on Ctrl-C alike; `app.end_sockets` is called, since clients keep their WebSockets open."""

    def init_process(self) -> None:
        # the arbiter's own limit is counted from the same signal, and must be the longer one
        self.cfg.set("graceful_timeout", REQUEST_SECONDS)
        super().init_process()

    def handle_exit(self, sig: int, frame: Any) -> None:
        if self.alive:
            threading.Thread(target=self._end_sockets, name="end-sockets", daemon=True).start()
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Ctrl-C comes twice, from the terminal and from the arbiter: leaving at once would cut the stop short."""
        self.handle_exit(sig, frame)

    def _end_sockets(self) -> None:
        """Again and again: a client may come back on a connection that is still open."""
        while True:
            self.app.end_sockets()
            time.sleep(LOOK_SECONDS)
