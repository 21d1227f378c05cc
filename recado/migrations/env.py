"""What Alembic runs: the migrations of all branches over the connection that was handed to it."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

from recado.migrations.schema import BRANCHES, is_table_of
from shared.database import UtcDateTime

attributes = context.config.attributes
branch = attributes.get("branch")


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """When a migration is generated: only tables of the branch it is for."""
    return kind != "table" or branch is None or is_table_of(f"{branch}_", name)


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """When a migration is generated: our own types by their names."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from shared.database import UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, JSON):
        autogen.imports.add("from shared.database import json_type")
        return "json_type()"
    return False


context.configure(
    connection=attributes["connection"],
    target_metadata=[one.metadata() for one in BRANCHES if branch in (None, one.name)],
    include_name=include_name,
    render_item=render_item,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
