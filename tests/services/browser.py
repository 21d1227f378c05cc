"""A real Chromium for the tests of the console."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.services.required import missing

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; without its binary the test is skipped, or fails where REQUIRE_SERVICES=1."""
    binary = next(filter(None, map(shutil.which, NAMES)), None)
    if binary is None:
        reason = f"Chromium is not installed: none of {', '.join(NAMES)} on PATH"
        missing(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=binary, args=list(OPTIONS))
        yield chromium
        chromium.close()
