"""Bringing a database to the present schema, and writing the next migration of a branch."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text

from shared.database import Database

HERE = Path(__file__).parent
FULL_TEXT = "interpreter_chunk_terms"
"""A full-text index, with tables of its own on SQLite: each database makes it in its own way, no metadata knows it."""
LOCK = text("SELECT pg_advisory_xact_lock(7261647)")


@dataclass(frozen=True)
class Branch:
    """The tables of one service; their names begin with the branch's."""

    name: str
    package: str
    metadata: Callable[[], MetaData]

    @property
    def versions(self) -> Path:
        """The folder of its migrations, `<name>_<number>.py` each."""
        return HERE.parents[1] / self.package / "migrations"

    @property
    def is_new(self) -> bool:
        """Whether it has no migration yet."""
        return not any(self.versions.glob(f"{self.name}_*.py"))


def _of(module: str) -> Callable[[], MetaData]:
    def load() -> MetaData:
        metadata: MetaData = import_module(module).metadata
        return metadata

    return load


def _executor() -> MetaData:
    import_module("executor_service.connections.tables")
    import_module("executor_service.flows.tables")
    import_module("executor_service.flows.templates.tables")
    import_module("executor_service.flows.variable_tables")
    import_module("executor_service.hooks.tables")
    import_module("executor_service.pins.tables")
    import_module("executor_service.schedules.tables")
    return _of("executor_service.tables")()


def _interpreter() -> MetaData:
    import_module("interpreter_service.knowledge.tables")
    return _of("interpreter_service.tables")()


BRANCHES = (
    Branch("shared", "shared", _of("shared.tables")),
    Branch("gateway", "whatsapp_service", _of("whatsapp_service.tables")),
    Branch("interpreter", "interpreter_service", _interpreter),
    Branch("executor", "executor_service", _executor),
)


def migrate(database: Database) -> None:
    """Applies what is missing, in one transaction; processes that start together wait for the first."""

    def work(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(LOCK)
        command.upgrade(_config(connection), "heads")

    database.write(work)


def missing_changes(database: Database) -> list[object]:
    """What the migrations do not yet say of the tables; empty when they are complete."""
    found: list[object] = []
    with database.read() as connection:
        for branch in BRANCHES:
            own = f"{branch.name}_"
            options = {"include_name": partial(_is_own, own)}
            context = MigrationContext.configure(connection, opts=options)
            found += compare_metadata(context, branch.metadata())
    return found


def write_revision(name: str, message: str, number: str) -> None:
    """Writes the next migration of a branch from what its tables have become."""
    branch = next(one for one in BRANCHES if one.name == name)
    folder = TemporaryDirectory()
    database = Database(f"sqlite:///{folder.name}/empty.sqlite3")

    def work(connection: Connection) -> None:
        config = _config(connection, branch=name)
        command.upgrade(config, "heads")
        command.revision(
            config,
            message,
            autogenerate=True,
            rev_id=f"{name}_{number}",
            head="base" if branch.is_new else f"{name}@head",
            branch_label=name if branch.is_new else None,
            version_path=str(branch.versions),
        )

    database.write(work)
    database.close()
    folder.cleanup()


def _is_own(prefix: str, name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or is_table_of(prefix, name)


def is_table_of(prefix: str, name: str | None) -> bool:
    """Whether the metadata of a branch should know this table."""
    return (name or "").startswith(prefix) and not (name or "").startswith(FULL_TEXT)


def _config(connection: Connection, branch: str | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(one.versions) for one in BRANCHES))
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes["connection"] = connection
    config.attributes["branch"] = branch
    return config


if __name__ == "__main__":
    write_revision(*sys.argv[1:4])
