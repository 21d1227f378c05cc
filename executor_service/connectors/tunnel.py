"""One supervised tunnel, shared by all who query through it and opened again after a drop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from executor_service.connectors.addresses import CarrierKind, SshAddress, Target
from executor_service.connectors.carrier import Carrier, OpenCarrier
from executor_service.connectors.in_process import open_in_process
from executor_service.connectors.system_ssh import open_system_ssh
from shared.errors import RecadoError, TunnelDown
from shared.logs import get_logger

OPENERS: Mapping[CarrierKind, OpenCarrier] = {"sshtunnel": open_in_process, "ssh": open_system_ssh}
TRIES = 2
REST_SECONDS = 5.0
"""After a failure to open, how long others get the same answer at once instead of waiting for another try."""


class Tunnel:
    """A way to a target behind an SSH server. Opened when first needed; `close` it, or use it in a `with`."""

    def __init__(
        self,
        ssh: SshAddress,
        target: Target,
        *,
        open_carrier: OpenCarrier | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ssh = ssh
        self._target = target
        self._open_carrier = open_carrier or OPENERS[ssh.carrier]
        self._ticks = ticks
        self._lock = threading.Lock()
        self._carrier: Carrier | None = None
        self._failure: RecadoError | None = None
        self._failed_at = 0.0
        self._log = get_logger("tunnel")

    def __enter__(self) -> Tunnel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def local(self) -> Target:
        """Where this machine reaches the target now; another port after a drop.

        Raises TunnelDown, TunnelRefused or HostKeyRefused, with the param `step`.
        """
        with self._lock:
            if self._carrier is None or not self._carrier.is_alive():
                self._reopen()
            assert self._carrier is not None
            return self._carrier.local

    def look(self, local: Target) -> None:
        """Called by who lost a connection through `local`: where the far side is silent, the tunnel is closed at once.

        Where it answers, only that one connection was lost, and those of others go on.
        """
        with self._lock:
            carrier = self._carrier
        if carrier is not None and carrier.local == local:
            carrier.look()

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _reopen(self) -> None:
        self._drop()
        if self._failure is not None and self._ticks() - self._failed_at < REST_SECONDS:
            raise type(self._failure)(self._failure.detail, **self._failure.params)
        try:
            self._carrier = self._open()
        except RecadoError as error:
            self._failure, self._failed_at = error, self._ticks()
            raise
        self._failure = None
        self._log.info("tunnel_opened", carrier=self._ssh.carrier)

    def _open(self) -> Carrier:
        """What passes is tried once more at once: the library's sessions sometimes die at their start."""
        for left in reversed(range(TRIES)):
            try:
                return self._open_carrier(self._ssh, self._target)
            except TunnelDown as error:
                if not left:
                    raise
                self._log.info("tunnel_not_opened", step=error.params.get("step", ""))
        raise AssertionError("unreachable")

    def _drop(self) -> None:
        if self._carrier is not None:
            self._carrier.close()
            self._carrier = None
