"""How the executor renders results: in the person's language, with the formats of the company's country."""

from __future__ import annotations

from executor_service.outputs.locales import locale_for
from executor_service.outputs.render import render
from executor_service.registry.context import Files
from executor_service.tasks.context import Person
from shared.contracts.messages import Part
from shared.contracts.results import Result


def render_for(results: tuple[Result, ...], person: Person, files: Files) -> tuple[Part, ...]:
    return render(results, person.language, locale_for(person.language, person.currency), files)
