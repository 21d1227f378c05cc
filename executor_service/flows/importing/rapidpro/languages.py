"""The languages of a RapidPro flow: what it says in each, and what people may answer in any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from executor_service.flows.importing.rapidpro.chain import Translated
from executor_service.flows.importing.rapidpro.file import Definition
from executor_service.flows.importing.rapidpro.sayings import first_text
from executor_service.flows.importing.rapidpro.settings import LANGUAGES
from executor_service.flows.importing.sketch import Sketch
from shared.contracts.base import Json, Language


def translations(drawn: Definition, own: Language | None) -> Translated:
    found: dict[Language, Mapping[str, Json]] = {}
    for name, texts in drawn.localization.items():
        language = LANGUAGES.get(name)
        if language is not None and language != own:
            found[language] = texts
    return found


def words(drawn: Definition) -> dict[str, tuple[str, ...]]:
    """The words of cases in other languages, by the id of the case."""
    found: dict[str, tuple[str, ...]] = {}
    for texts in drawn.localization.values():
        for uuid, fields in texts.items():
            word = first_text(fields.get("arguments"))
            if word:
                found[uuid] = (*found.get(uuid, ()), word)
    return found


def note_languages(sketch: Sketch, drawn: Definition, own: Language | None) -> None:
    for name in drawn.localization:
        if name not in LANGUAGES:
            sketch.note("language_lost", drawn.name, what=name)
    if own is None:
        sketch.note("language_guessed", drawn.name)


def spoken(drawn: Definition) -> Iterator[str]:
    for node in drawn.nodes:
        for action in node.actions:
            yield action.text("text")
