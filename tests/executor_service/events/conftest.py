"""An event log on a database of its own."""

from __future__ import annotations

import pytest

from executor_service.events.log import EventLog
from executor_service.metadata import metadata
from shared.database import Database


@pytest.fixture
def log(database: Database) -> EventLog:
    database.write(metadata.create_all)
    return EventLog(database)
