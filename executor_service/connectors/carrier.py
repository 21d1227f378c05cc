"""The seam behind which a tunnel is carried: by a library in this process, or by the system's `ssh`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from executor_service.connectors.addresses import SshAddress, Target


class Carrier(Protocol):
    """One open way to a target; once it is not alive it never is again, and another one must be opened."""

    @property
    def local(self) -> Target:
        """Where this machine reaches the target."""
        ...

    def is_alive(self) -> bool:
        """Cheap; a network that fell silent is noticed within seconds, not at once."""
        ...

    def look(self) -> None:
        """Asks the far side for a sign of life, where that can be asked, and closes when there is none."""
        ...

    def close(self) -> None:
        """Ends it and every connection through it; harmless when repeated."""
        ...


OpenCarrier = Callable[[SshAddress, Target], Carrier]
"""Opens a way; raises TunnelDown, TunnelRefused or HostKeyRefused, with the param `step`."""
