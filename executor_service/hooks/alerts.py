"""Alerts whose occasion an ERP told: each becomes a task that reads the document with its owner's own key."""

from __future__ import annotations

from executor_service.hooks.store import Told
from executor_service.schedules import store
from executor_service.schedules.firing import Firing
from executor_service.schedules.model import Schedule
from shared.database import Database

PAGE = 200


class Alerts:
    def __init__(self, database: Database, firing: Firing) -> None:
        self._database = database
        self._firing = firing

    def tell(self, told: Told) -> int:
        """Gives how many tasks it made; told again, it makes none."""
        made, after = 0, ""
        while page := self._page(told, after):
            made += sum(self._tell(told, one) for one in page)
            after = page[-1].id
        return made

    def _page(self, told: Told, after: str) -> list[Schedule]:
        with self._database.read() as connection:
            return store.waiting_for(connection, told.connection_id, told.notice.doctype, after=after, most=PAGE)

    def _tell(self, told: Told, schedule: Schedule) -> bool:
        notice, occasion = told.notice, schedule.occasion
        if occasion is None or occasion.what not in notice.what or occasion.name not in ("", notice.name):
            return False
        # once for each document, but for changes, of which each counts
        key = notice.digest if occasion.what == "changed" else f"{occasion.what}:{notice.name}"
        return self._firing.happened(schedule, key, {"name": notice.name, "kind": notice.doctype})
