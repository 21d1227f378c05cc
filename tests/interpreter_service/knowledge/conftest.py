"""A knowledge base on a database of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.knowledge.tables import metadata
from shared.database import Database
from tests.services.databases import database, database_url

__all__ = ["database", "database_url"]

Ask = Callable[..., list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "knowledge"


@pytest.fixture
def knowledge(database: Database, folder: Path) -> KnowledgeBase:
    database.write(metadata.create_all)
    return KnowledgeBase(database, folder)
