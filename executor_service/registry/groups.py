"""Groups that no administrator gives: the executor itself says who belongs to them."""

from __future__ import annotations

DATABASE_GROUP = "@database"
"""Those whom an administrator let into the database of their connection. No link can name it."""
