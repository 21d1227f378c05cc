"""Results as parts of a message: what a person gets of a task. The typed results stay with the task."""

from __future__ import annotations

from collections.abc import Sequence

from executor_service.outputs.chart import MEDIA_TYPE as PNG
from executor_service.outputs.chart import render_chart
from executor_service.outputs.naming import slug
from executor_service.outputs.text import render_text
from executor_service.outputs.texts import executor_texts
from executor_service.outputs.xlsx import MEDIA_TYPE as XLSX
from executor_service.registry.context import Files
from shared.contracts.base import Language
from shared.contracts.messages import ChoicesPart, FilePart, Option, Part, TextPart
from shared.contracts.results import APPROVE, REJECT, Approval, Chart, Choice, File, Result


def render(results: Sequence[Result], language: Language, locale: str, files: Files) -> tuple[Part, ...]:
    """What is said of these results, in their order; a chart is drawn and stored among the person's files."""
    has_sheet = any(isinstance(result, File) and result.media_type == XLSX for result in results)
    return tuple(_part(result, language, locale, files, has_sheet) for result in results)


def _part(result: Result, language: Language, locale: str, files: Files, has_sheet: bool) -> Part:
    match result:
        case Chart():
            return _file(_picture(result, language, locale, files))
        case File():
            return _file(result)
        case Choice():
            button = executor_texts().say(language, "choose")
            return ChoicesPart(text=result.question, options=result.options, button=button)
        case Approval():
            return ChoicesPart(text=render_text(result, language, locale=locale), options=_consent(language))
        case _:
            return TextPart(text=render_text(result, language, locale=locale, has_sheet=has_sheet))


def _picture(chart: Chart, language: Language, locale: str, files: Files) -> File:
    title = chart.title.split("\n", 1)[0]
    data = render_chart(chart, language, locale=locale)
    return files.save(data, filename=f"{slug(title)}.png", media_type=PNG, caption=title)


def _file(file: File) -> FilePart:
    return FilePart(
        artifact_id=file.artifact_id, filename=file.filename, media_type=file.media_type, caption=file.caption
    )


def _consent(language: Language) -> tuple[Option, ...]:
    return tuple(Option(id=one, title=executor_texts().say(language, one)) for one in (APPROVE, REJECT))
