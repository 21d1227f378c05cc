"""Migrations: complete, safe when processes start together, and undone when one fails."""

from __future__ import annotations

import threading
from pathlib import Path

from recado.migrations.schema import BRANCHES, migrate, missing_changes
from shared.database import Database
from tests.services.databases import on_both_databases


@on_both_databases
def test_migrations_make_exactly_the_tables(database: Database) -> None:
    migrate(database)
    assert missing_changes(database) == []
    migrate(database)
    assert missing_changes(database) == []


def test_next_revision_of_every_branch_follows_its_last_one() -> None:
    assert [branch.name for branch in BRANCHES if branch.is_new] == []


def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    failures: list[BaseException] = []

    def start() -> None:
        database = Database(url)
        try:
            migrate(database)
        except BaseException as error:  # noqa: BLE001  kept for the assertion
            failures.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
