"""Periods said in three languages, seen from Friday 20 November 2026."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts.base import LANGUAGES
from shared.language.errors import DateNotUnderstood
from shared.language.periods import PeriodExpression, find_periods, resolve_period, resolve_words

TODAY = date(2026, 11, 20)
_LINES = (Path(__file__).parent / "periods.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in _LINES]
NAMED = [case for case in CASES if "from" in case]
NONE = [case for case in CASES if case.get("none")]
REFUSED = [case for case in CASES if case.get("refused")]


def _label(case: dict[str, Any]) -> str:
    return f"{case['language']}: {case['text']}"


@pytest.mark.parametrize("case", NAMED, ids=_label)
def test_words_resolve_to_the_days_meant(case: dict[str, Any]) -> None:
    found = resolve_words(case["text"], TODAY, case["language"])
    assert found.as_json() == {"from": case["from"], "to": case["to"]}


@pytest.mark.parametrize("case", NONE, ids=_label)
def test_words_that_are_no_period_are_left_alone(case: dict[str, Any]) -> None:
    assert find_periods(case["text"], case["language"]) == []


@pytest.mark.parametrize("case", REFUSED, ids=_label)
def test_impossible_and_double_periods_are_refused(case: dict[str, Any]) -> None:
    assert find_periods(case["text"], case["language"])
    with pytest.raises(DateNotUnderstood):
        resolve_words(case["text"], TODAY, case["language"])


def test_each_language_has_its_share_of_cases() -> None:
    assert {language: sum(case["language"] == language for case in CASES) >= 40 for language in LANGUAGES} == {
        "es": True,
        "pt": True,
        "en": True,
    }


@pytest.mark.parametrize("case", NAMED, ids=_label)
def test_the_span_is_the_persons_words_and_the_expression_survives_json(case: dict[str, Any]) -> None:
    matches = find_periods(case["text"], case["language"])
    assert [case["text"][match.start : match.end] for match in matches] == [match.words for match in matches]
    for match in matches:
        stored = json.loads(json.dumps(match.expression.as_json()))
        assert PeriodExpression.from_json(stored) == match.expression


def test_a_date_in_figures_follows_the_language_unless_the_text_shows_its_order() -> None:
    assert resolve_words("03/10/2026", TODAY, "es").start == date(2026, 10, 3)
    assert resolve_words("03/10/2026", TODAY, "en").start == date(2026, 3, 10)
    assert resolve_words("from 3/10/2026 to 20/10/2026", TODAY, "en").start == date(2026, 10, 3)
    assert resolve_words("10/25/2026", TODAY, "es").start == date(2026, 10, 25)


def test_quarters_count_from_the_fiscal_years_first_month() -> None:
    assert resolve_words("Q3", TODAY, "en", fiscal_year_start_month=4).start == date(2026, 10, 1)
    assert resolve_words("fiscal year", TODAY, "en", fiscal_year_start_month=4).start == date(2026, 4, 1)
    assert resolve_words("fiscal year 2025", TODAY, "en", fiscal_year_start_month=7).end == date(2026, 6, 30)


def test_weeks_begin_where_the_caller_says() -> None:
    assert resolve_words("this week", TODAY, "en", week_start=6).start == date(2026, 11, 15)


def test_a_future_that_was_asked_for_is_returned() -> None:
    assert resolve_words("enero de 2027", TODAY, "es").start == date(2027, 1, 1)


def test_a_month_within_a_sentence_keeps_out_of_a_name() -> None:
    (match,) = find_periods("ventas de Abril SAC en abril", "es")
    assert (match.words, match.start) == ("abril", 23)


def test_an_expression_alone_resolves() -> None:
    found = resolve_period(PeriodExpression("relative", "month", -1), date(2026, 1, 31))
    assert found.as_json() == {"from": "2025-12-01", "to": "2025-12-31"}


_PIECES = st.sampled_from(
    [
        "del",
        "al",
        "1",
        "15",
        "31",
        "octubre",
        "2026",
        "mes",
        "pasado",
        "últimos",
        "30",
        "días",
        "Q3",
        "01/10",
        "entre",
        "y",
        "to",
        "from",
        "last",
        "0",
        "99",
        "acumulado",
        "ano",
        "-",
        "/",
        "a",
    ]
)


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=30).map(" ".join)), st.sampled_from([*LANGUAGES, None])
)
def test_any_text_is_read_and_resolved_or_refused(text: str, language: Any) -> None:
    last_end = 0
    for match in find_periods(text, language):
        assert last_end <= match.start < match.end
        last_end = match.end
        try:
            found = resolve_period(match.expression, TODAY)
        except DateNotUnderstood:
            continue
        assert found.start <= found.end


@pytest.mark.parametrize(
    "text", ["del 1 al " * 20_000, "\x00😀مرحبا" * 20_000, "9" * 100_000, "ene-" * 25_000, "y e " * 25_000]
)
def test_very_long_text_does_not_raise(text: str) -> None:
    assert isinstance(find_periods(text, "es"), list)
