"""How a connector gets to its server: straight, or by whatever else gives a host and a port."""

from __future__ import annotations

from typing import Protocol

from executor_service.connectors.addresses import Target


class Route(Protocol):
    """A way to a server, shared by all who connect. `Tunnel` is one."""

    def local(self) -> Target:
        """Where to connect now; raises DatabaseUnreachable, DatabaseRefused or HostKeyRefused."""
        ...

    def look(self, local: Target) -> None:
        """Told when a connection to `local` was lost."""
        ...

    def close(self) -> None: ...


class Direct:
    """No tunnel."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def local(self) -> Target:
        return self._target

    def look(self, local: Target) -> None:
        """Nothing to mend."""

    def close(self) -> None:
        """Nothing to close."""
