"""`.env.example` says every setting, as the settings do."""

from __future__ import annotations

import re
from pathlib import Path

from recado.example import env_example
from shared.settings import UNREAD, Settings

ROOT = Path(__file__).parents[2]
PACKAGES = ("shared", "recado", "executor_service", "interpreter_service", "whatsapp_service")


def test_env_example_is_what_the_settings_say() -> None:
    assert (ROOT / ".env.example").read_text() == env_example()


def test_settings_that_nothing_reads_are_named_so() -> None:
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if file.name != "settings.py")
    read = set(re.findall(r"\w+", " ".join(file.read_text() for file in files)))
    assert {name for name in Settings.model_fields if name not in read} == UNREAD
