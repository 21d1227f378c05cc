"""What becomes of a test whose service is not on this machine."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

REQUIRED = "REQUIRE_SERVICES"


def missing(what: str) -> NoReturn:
    """Skips the test with the reason, or fails it where REQUIRE_SERVICES=1."""
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{what}, and {REQUIRED}=1")
    pytest.skip(what)
