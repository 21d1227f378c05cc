"""How often, as people write it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shared.language.frequencies import find_frequency

CASES = [json.loads(line) for line in Path(__file__).with_name("frequencies.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40] or "nothing")
def test_frequency_is_found_with_what_is_left_of_the_text(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = find_frequency(text)
    if case["cron"] is None:
        assert found is None or found.frequency.cron == ""
        return
    assert found is not None
    assert (found.frequency.cron, found.frequency.says_time) == (case["cron"], case["says_time"])
    assert found.rest_of(text) == case["rest"]
