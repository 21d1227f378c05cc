"""The executor's tables, all in one metadata."""

from __future__ import annotations

from shared.database import new_metadata

metadata = new_metadata()
