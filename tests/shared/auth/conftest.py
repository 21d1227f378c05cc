"""The world of signing in, for all tests of this folder."""

from __future__ import annotations

from tests.shared.auth.world import make_world, world

__all__ = ["make_world", "world"]
