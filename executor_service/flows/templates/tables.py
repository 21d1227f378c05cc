"""The table of templates that a company keeps."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from executor_service.metadata import metadata
from shared.database import UtcDateTime, json_type

templates = Table(
    "executor_flow_templates",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("category", String(40), nullable=False),
    Column("title", String(120), nullable=False),
    Column("description", Text, nullable=False),
    Column("flow", json_type(), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("created_by", String(80), nullable=False),
)
