"""One child process, from its start to its certain end."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from executor_service.registry.external.channel import Channel
from executor_service.registry.external.messages import FROM_CHILD, FromChild, ToChild

PROGRAM = "executor_service.registry.external.child"
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
STALLED_SECONDS = 5


class ChildLost(Exception):
    """A child process ended by itself, or said something that is no message."""


class Child:
    """A running child, used by one thread at a time; only `end` may be called by any.

    It sees the variables named above and our module path, nothing else of our environment.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self.loaded: set[str] = set()
        ours, theirs = socket.socketpair()
        # A child that stops in the middle of a message must not keep our thread.
        limit = struct.pack("ll", STALLED_SECONDS, 0)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        with theirs:
            self._channel: Channel[FromChild] = Channel(Connection(ours.detach()), FROM_CHILD)
            self._process = subprocess.Popen(  # noqa: S603  our own program; the argument is a number
                [sys.executable, "-P", "-m", PROGRAM, str(theirs.fileno())],
                env=_environment(env),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._ending = threading.Lock()
        self._is_ended = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, message: ToChild) -> None:
        """Raises ChildLost when it is gone, ValueError for what cannot be said."""
        try:
            self._channel.send(message)
        except OSError as error:
            raise self._lost() from error

    def hear(self, seconds: float) -> FromChild | None:
        """The next message, or nothing when none came in time; raises ChildLost."""
        try:
            return self._channel.receive() if self._channel.has_message(seconds) else None
        except (EOFError, OSError) as error:
            raise self._lost() from error
        except ValueError as error:
            self.end()
            raise ChildLost("the process said something that is no message") from error

    def is_silent(self) -> bool:
        """Whether an idle child is as it should be: alive, with nothing to say."""
        return not self._channel.has_message(0)

    def end(self) -> int:
        """Kills the process with all that it started, and gives its exit code."""
        with self._ending:
            if not self._is_ended:
                # Its group has its number, which stays taken until we wait for it.
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
                self._is_ended = True
        return self._process.returncode

    def close(self) -> None:
        """Ends the process and gives the pipe back."""
        self.end()
        self._channel.close()

    def _lost(self) -> ChildLost:
        code = self.end()
        return ChildLost(f"the process ended with exit code {code}")


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    kept = {name: env[name] for name in KEPT_VARIABLES if name in env}
    paths = [str(Path(one).absolute()) for one in sys.path]
    return {**kept, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}
