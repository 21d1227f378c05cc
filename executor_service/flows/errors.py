"""What can go wrong inside the engine. A flow going wrong is data, not an exception that leaves it."""

from __future__ import annotations


class Refused(Exception):
    """An input that the session cannot take as it stands, e.g. one that is over; nothing has changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NodeFailed(Exception):
    """Raised while a node is visited: the node fails with this code, as by `Fail`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SessionFailed(Exception):
    """Raised inside the engine: the session ends `failed`, for the operator to see why."""
