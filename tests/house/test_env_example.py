"""`.env.example` says every setting, as the settings do."""

from __future__ import annotations

from pathlib import Path

from recado.example import env_example

ROOT = Path(__file__).parents[2]


def test_env_example_is_what_the_settings_say() -> None:
    assert (ROOT / ".env.example").read_text() == env_example()
