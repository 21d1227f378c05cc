"""Notices an SSH server that went silent: the library's keep-alive only sends, and never misses an answer."""

from __future__ import annotations

import threading

from paramiko import ChannelException, SSHException, Transport

BEAT_SECONDS = 10.0
ANSWER_SECONDS = 5.0


class Pulse:
    """Asks the server for a channel now and then. A refusal is an answer too; no answer closes the session."""

    def __init__(self, transport: Transport, *, every: float = BEAT_SECONDS, within: float = ANSWER_SECONDS) -> None:
        self._transport = transport
        self._every = every
        self._within = within
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="tunnel-pulse", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()

    def look(self) -> None:
        """Closes the session when the server does not answer, and with it all connections through it, at once."""
        if not self._answers():
            self._transport.close()

    def _watch(self) -> None:
        while not self._over.wait(self._every) and self._transport.is_active():
            self.look()

    def _answers(self) -> bool:
        try:
            self._transport.open_session(timeout=self._within).close()
        except ChannelException:
            return True
        except (SSHException, EOFError, OSError):
            return False
        return True
