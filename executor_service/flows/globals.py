"""`global.*` as the runtime reads and writes it."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection

from shared.contracts.base import Json


class Globals(Protocol):
    """The variables of the workspace; secret ones are not among them."""

    def read(self, connection: Connection) -> Json: ...

    def put(self, connection: Connection, values: Json) -> None:
        """Writes some of them, inside the sprint's transaction."""
        ...


class NoGlobals:
    """For a workspace without variables."""

    def read(self, connection: Connection) -> Json:
        return {}

    def put(self, connection: Connection, values: Json) -> None:
        return None
