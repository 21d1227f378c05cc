"""The published flows as this process keeps them: a snapshot, made anew when the published set changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from executor_service.flows.model import FlowVersion
from executor_service.flows.store import FlowStore
from executor_service.flows.triggers import TriggerIndex
from shared.errors import NotFound

KEPT_OLD_VERSIONS = 500


@dataclass(frozen=True)
class Snapshot:
    """What is published at one moment."""

    serial: int
    by_flow: dict[str, FlowVersion]
    triggers: TriggerIndex


class PublishedFlows:
    """Implements `world.Flows`; versions that are no longer published are read when a frame still stands on them."""

    def __init__(self, store: FlowStore) -> None:
        self._store = store
        self._mutex = threading.Lock()
        self._snapshot = Snapshot(-1, {}, TriggerIndex(()))
        self._old: OrderedDict[str, FlowVersion] = OrderedDict()

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    @property
    def triggers(self) -> TriggerIndex:
        return self._snapshot.triggers

    def all(self) -> list[FlowVersion]:
        return list(self._snapshot.by_flow.values())

    def refresh(self, serial: int) -> None:
        """Brings the snapshot to the given serial of the store; cheap when nothing changed."""
        if serial == self._snapshot.serial:
            return
        with self._mutex:
            if serial != self._snapshot.serial:
                read_at, versions = self._store.active()
                self._snapshot = Snapshot(read_at, {one.flow_id: one for one in versions}, TriggerIndex(versions))

    def catch_up(self) -> None:
        """Brings the snapshot to what the database has now."""
        self.refresh(self._store.newest_serial())

    def published(self, flow_id: str) -> FlowVersion | None:
        return self._snapshot.by_flow.get(flow_id)

    def version(self, version_id: str) -> FlowVersion | None:
        found = self._old.get(version_id)
        if found is None:
            found = self._read(version_id)
        return found

    def _read(self, version_id: str) -> FlowVersion | None:
        current = next((one for one in self._snapshot.by_flow.values() if one.id == version_id), None)
        try:
            found = current or self._store.version(version_id)
        except NotFound:
            return None
        with self._mutex:
            self._old[version_id] = found
            while len(self._old) > KEPT_OLD_VERSIONS:
                self._old.popitem(last=False)
        return found
