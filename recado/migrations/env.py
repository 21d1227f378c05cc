"""What Alembic runs: the migrations of all branches over the connection that was handed to it."""

from __future__ import annotations

from alembic import context

from recado.migrations.schema import BRANCHES

attributes = context.config.attributes
branch = attributes.get("branch")


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """When a migration is generated: only tables of the branch it is for."""
    return kind != "table" or branch is None or (name or "").startswith(f"{branch}_")


context.configure(
    connection=attributes["connection"],
    target_metadata=[one.metadata() for one in BRANCHES if branch in (None, one.name)],
    include_name=include_name,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
