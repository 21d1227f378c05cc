"""Periods said back to people."""

from __future__ import annotations

from datetime import date

import pytest

from shared.contracts.base import Language
from shared.language.periods import describe_range, range_between

SAID: list[tuple[str, str, Language, str]] = [
    ("2026-10-01", "2026-10-31", "es", "octubre de 2026"),
    ("2026-10-01", "2026-10-31", "pt", "outubro de 2026"),
    ("2026-10-01", "2026-10-31", "en", "October 2026"),
    ("2026-10-01", "2026-10-15", "es", "1–15 oct 2026"),
    ("2026-10-01", "2026-10-15", "en", "Oct 1–15, 2026"),
    ("2026-07-01", "2026-09-30", "es", "3.er trimestre de 2026"),
    ("2026-07-01", "2026-09-30", "pt", "3º trimestre de 2026"),
    ("2026-07-01", "2026-09-30", "en", "3rd quarter 2026"),
    ("2026-01-01", "2026-06-30", "es", "1.er semestre de 2026"),
    ("2026-07-01", "2026-12-31", "en", "second half of 2026"),
    ("2025-01-01", "2025-12-31", "es", "2025"),
    ("2026-10-01", "2026-11-30", "es", "oct–nov 2026"),
    ("2026-11-20", "2026-11-20", "es", "20 nov 2026"),
    ("2026-11-20", "2026-11-20", "en", "Nov 20, 2026"),
    ("2025-12-15", "2026-01-15", "es", "15 dic 2025–15 ene 2026"),
]


@pytest.mark.parametrize(("start", "end", "language", "said"), SAID)
def test_a_period_is_said_as_people_say_it(start: str, end: str, language: Language, said: str) -> None:
    period = range_between(date.fromisoformat(start), date.fromisoformat(end))
    assert describe_range(period, language) == said
