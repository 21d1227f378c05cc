"""Templates that a company keeps of its own flows: they never change, and hold no keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from executor_service.flows.model import Flow
from executor_service.flows.store import read_flow
from executor_service.flows.templates.keyless import keyless
from executor_service.flows.templates.shelf import Category, Template
from executor_service.flows.templates.tables import templates
from shared.clock import Clock, utc_now
from shared.contracts.base import LANGUAGES
from shared.database import Database
from shared.errors import Conflict, NotFound
from shared.ids import new_id

MAX_TEMPLATES = 200


class OwnTemplates:
    """By their names, which are ids: two may have one title."""

    def __init__(self, database: Database, *, now: Clock = utc_now, most: int = MAX_TEMPLATES) -> None:
        self._database = database
        self._most = most
        self._now = now

    def all(self) -> dict[str, Template]:
        """By title."""
        query = select(templates).order_by(templates.c.title, templates.c.name)
        with self._database.read() as connection:
            return {row["name"]: _template(row) for row in connection.execute(query).mappings()}

    def find(self, name: str) -> Template | None:
        with self._database.read() as connection:
            row = connection.execute(select(templates).where(templates.c.name == name)).mappings().first()
        return None if row is None else _template(row)

    def save(self, flow: Flow, *, title: str, description: str, category: Category, by: str) -> str:
        """Keeps the drawing as it is now, and gives the name; raises Conflict when there are too many already."""
        row = {
            "name": new_id(),
            "category": category,
            "title": title,
            "description": description,
            "flow": keyless(flow).model_dump(mode="json"),
            "created_at": self._now(),
            "created_by": by,
        }

        def work(connection: Connection) -> None:
            if connection.execute(select(func.count()).select_from(templates)).scalar_one() >= self._most:
                raise Conflict(f"there are {self._most} templates already: delete one first")
            connection.execute(insert(templates), row)

        self._database.write(work)
        return str(row["name"])

    def delete(self, name: str) -> None:
        """Flows that were made of it stay. Raises NotFound."""
        gone = delete(templates).where(templates.c.name == name)
        if not self._database.write(lambda connection: connection.execute(gone).rowcount):
            raise NotFound("there is no such template")


def _template(row: Mapping[Any, Any]) -> Template:
    return Template(
        category=row["category"],
        titles=dict.fromkeys(LANGUAGES, row["title"]),
        descriptions=dict.fromkeys(LANGUAGES, row["description"]),
        flow=read_flow(row["flow"]),
    )
