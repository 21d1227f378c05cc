"""What happens to people on old versions of a flow: they finish there, move to the new one, or are interrupted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from executor_service.flows.model import FlowVersion
from executor_service.flows.runtime import FlowRuntime
from executor_service.flows.session_model import Session
from executor_service.flows.standing import Standing, candidates, moved, standing, stands_in
from executor_service.flows.store import FlowStore
from shared.database import Database
from shared.errors import Conflict

Choice = Literal["keep", "move", "interrupt"]
BATCH = 200
SECONDS = 20.0
REASON = "a new version was published"


@dataclass(frozen=True)
class Settled:
    """How many sessions were moved or interrupted, and how many still stand on old versions."""

    done: int
    left: int


class Settling:
    """Works in batches, each session by compare-and-set: whoever writes meanwhile goes first."""

    def __init__(self, database: Database, store: FlowStore, runtime: FlowRuntime) -> None:
        self._database = database
        self._store = store
        self._runtime = runtime

    def standing(self, flow_id: str) -> tuple[list[FlowVersion], list[Standing]]:
        """The versions of a flow, newest first, and who stands where."""
        versions = self._store.versions(flow_id)
        with self._database.read() as connection:
            return versions, standing(connection, [one.id for one in versions])

    def settle(self, flow_id: str, choice: Choice, *, seconds: float = SECONDS) -> Settled:
        """Goes through all who stand on old versions, for so long at most: repeat it while it does some.

        Raises Conflict for a flow that has no published version.
        """
        new, old = self._versions(flow_id)
        take = self._taking(choice, new, old)
        done, after, deadline = 0, "", time.monotonic() + seconds
        while choice != "keep" and time.monotonic() < deadline:
            ids = self._batch(flow_id, old, after)
            if not ids:
                break
            done += sum(map(take, ids))
            after = ids[-1]
        return Settled(done, self._left(old))

    def _versions(self, flow_id: str) -> tuple[FlowVersion, list[FlowVersion]]:
        current = self._store.get(flow_id).version_id
        versions = self._store.versions(flow_id)
        new = next((one for one in versions if one.id == current), None)
        if new is None:
            raise Conflict("publish this flow first")
        return new, [one for one in versions if one.id != current]

    def _taking(self, choice: Choice, new: FlowVersion, old: Sequence[FlowVersion]) -> Callable[[str], bool]:
        ids = frozenset(one.id for one in old)

        def move(session: Session) -> Session | None:
            return moved(session, old, new)

        def stands(session: Session) -> bool:
            return stands_in(session, ids)

        if choice == "move":
            return lambda session_id: self._runtime.change(session_id, move)
        return lambda session_id: self._runtime.stop(session_id, "interrupted", REASON, only_if=stands)

    def _batch(self, flow_id: str, old: Sequence[FlowVersion], after: str) -> list[str]:
        with self._database.read() as connection:
            return candidates(connection, flow_id, [one.id for one in old], after=after, most=BATCH)

    def _left(self, old: Sequence[FlowVersion]) -> int:
        with self._database.read() as connection:
            return sum(one.people for one in standing(connection, [one.id for one in old]))
