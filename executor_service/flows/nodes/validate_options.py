"""Asking for one or several of a list."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.answers.model import Answer, Taken
from executor_service.flows.answers.options import read_options
from executor_service.flows.inputs import Said
from executor_service.flows.node import Visit
from executor_service.flows.nodes.asking import OptionConfig
from executor_service.flows.nodes.validating import Validate, ValidateConfig
from executor_service.flows.session_model import WaitOption


class ValidateOptionsConfig(ValidateConfig):
    """`multiple`: several may be named, and a list is kept."""

    options: tuple[OptionConfig, ...] = Field(min_length=1, max_length=100)
    multiple: bool = False


class ValidateOptionsNode(Validate[ValidateOptionsConfig]):
    """Asks for one of a list, tapped or named in a sentence, and keeps its value.

    {"label": "Size", "type": "validate_options", "config": {"text": "¿Qué talla?", "variable": "session.size",
     "options": [{"id": "s", "title": "Chica"}, {"id": "l", "title": "Grande"}]}}
    """

    name = "validate_options"
    titles = {"es": "Pedir opción", "pt": "Pedir opção", "en": "Ask for an option"}  # noqa: RUF012
    config = ValidateOptionsConfig

    def offered(self, config: ValidateOptionsConfig, visit: Visit) -> tuple[WaitOption, ...]:
        return tuple(WaitOption(id=one.id, title=visit.render(one.title), value=one.value) for one in config.options)

    def read(self, config: ValidateOptionsConfig, visit: Visit, said: str) -> Answer:
        options = visit.wait.options if visit.wait else ()
        return read_options(said, options, multiple=config.multiple)

    def taken(self, visit: Visit, value: object) -> None:
        options = visit.wait.options if visit.wait else ()
        values = value if isinstance(value, list) else [value]
        visit.answered(*(one.id for one in options if (one.value or one.title) in values))

    def _answer(self, config: ValidateOptionsConfig, visit: Visit, given: Said) -> Answer:
        if config.multiple and (given.option or given.chosen):
            chosen = given.chosen or ((given.option,) if given.option else ())
            return Taken([one.value or one.title for one in chosen])
        return super()._answer(config, visit, given)
