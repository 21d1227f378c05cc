"""The table of the rules: each has a test named after it, or a stated reason why not."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]
RULES = 54
WITHOUT_A_TEST: dict[int, str] = {}
"""Rule → why it has none."""
NAMED = re.compile(r"^def test_rule_(\d\d)_\w+\(", re.MULTILINE)


def rules_with_tests() -> set[int]:
    files = TESTS.rglob("test_*.py")
    return {int(number) for file in files for number in NAMED.findall(file.read_text(encoding="utf-8"))}


def test_every_rule_has_a_test_or_a_reason() -> None:
    tested = rules_with_tests()
    assert [rule for rule in range(1, RULES + 1) if rule not in tested and not WITHOUT_A_TEST.get(rule)] == []


def test_no_test_is_named_after_a_rule_that_there_is_not() -> None:
    assert max(rules_with_tests()) <= RULES
    assert not rules_with_tests() & set(WITHOUT_A_TEST)
