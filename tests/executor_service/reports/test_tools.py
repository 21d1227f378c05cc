"""What the catalogue's tools say of themselves."""

from __future__ import annotations

import pytest

from executor_service.registry.registry import join
from executor_service.reports.loader import load_catalogue
from executor_service.reports.model import ReportEntry
from executor_service.reports.tools import report_tools
from shared.contracts.base import LANGUAGES

REPORTS = [pytest.param(report, id=report.name) for report in load_catalogue()]


def test_tools_join_the_registry_by_name() -> None:
    registry = join(report_tools())
    assert registry.get("sales.by_customer").spec.parameters["properties"]["period"]["x-semantic"] == "period"


@pytest.mark.parametrize("report", REPORTS)
def test_report_speaks_three_languages(report: ReportEntry) -> None:
    for language in LANGUAGES:
        examples = [example.casefold() for example in report.examples[language]]
        assert len(set(examples)) == len(examples) >= 3
        assert all(column.labels.get(language) for column in report.columns.values())
        assert report.titles[language]


@pytest.mark.parametrize("report", REPORTS)
def test_report_asks_for_a_period_with_default_words(report: ReportEntry) -> None:
    sent = report.view.filters.values()
    periods = [one for one in report.parameters.values() if one.kind in ("period", "as_of", "fiscal_year")]
    assert len(periods) == (1 if any("$period." in str(one) or "$as_of." in str(one) for one in sent) else 0)
    assert all(one.default in ("today", "this month", "this year", "last 90 days") for one in periods)


@pytest.mark.parametrize("report", REPORTS)
def test_every_link_and_choice_can_be_said_and_reaches_a_filter(report: ReportEntry) -> None:
    views = [report.view, *(report.view_for(variant.when) for variant in report.variants)]
    sent = str([view.filters for view in views])
    for name, entry in report.parameters.items():
        if entry.kind == "link":
            assert f"${name}" in sent
            assert set(entry.words) == set(LANGUAGES)
        for words in entry.choices.values():
            assert all(words[language] for language in LANGUAGES)
