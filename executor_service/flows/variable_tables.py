"""The table of global variables."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table, Text

from executor_service.metadata import metadata
from shared.database import UtcDateTime, json_type

variables = Table(
    "executor_variables",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("type", String(10), nullable=False),
    Column("is_secret", Boolean, nullable=False),
    # {"value": ...}, so that false, 0 and null are told from nothing; null of a secret
    Column("held", json_type()),
    Column("sealed", Text),
    Column("updated_at", UtcDateTime(), nullable=False),
    Column("updated_by", String(80), nullable=False),
)
