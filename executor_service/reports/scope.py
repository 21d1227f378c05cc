"""What a report was about, in one line: company, period, filters, and up to which day the figures go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from executor_service.outputs.locales import day
from executor_service.reports.model import ReportEntry, View
from executor_service.reports.parameters import Arguments
from shared.contracts.base import Language
from shared.language.periods import describe_range, range_between
from shared.texts import Texts


def scope_of(
    report: ReportEntry,
    view: View,
    arguments: Arguments,
    *,
    company: str,
    today: date,
    language: Language,
    texts: Texts,
) -> str:
    """E.g. `Ferretería Andina · noviembre de 2026 · Cliente: Aceros SA · al 20 nov 2026`.

    A report that cannot be limited to one company names none; its notes say so.
    """
    parts = [
        company if "company" in view.filters else "",
        *_period(arguments, language),
        *_filters(report, arguments.plain, language),
    ]
    if note := view.notes.get(language):
        parts.append(note)
    if arguments.is_as_of or arguments.period.end >= today:
        until = arguments.period.end if arguments.is_as_of else today
        parts.append(texts.say(language, "scope_until", day=day(until, language)))
    return " · ".join(part for part in parts if part)


def title_of(report: ReportEntry, view: View, language: Language) -> str:
    """The report's title, or that of the variant in use."""
    return view.titles.get(language) or report.titles[language]


def period_words(arguments: Arguments, language: Language) -> str:
    """The period as people say it."""
    return describe_range(range_between(arguments.period.start, arguments.period.end), language)


def _period(arguments: Arguments, language: Language) -> list[str]:
    return [] if arguments.is_as_of else [period_words(arguments, language)]


def _filters(report: ReportEntry, plain: Mapping[str, str], language: Language) -> list[str]:
    """The links that were given, with the parameter's name in the person's language."""
    return [
        f"{entry.words[language][0].capitalize() if entry.words else name}: {plain[name]}"
        for name, entry in report.parameters.items()
        if entry.kind == "link" and name in plain
    ]
