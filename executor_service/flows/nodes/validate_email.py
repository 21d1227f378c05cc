"""Asking for an e-mail address."""

from __future__ import annotations

from executor_service.flows.answers.email import read_email
from executor_service.flows.answers.model import Answer
from executor_service.flows.node import Visit
from executor_service.flows.nodes.validating import Validate, ValidateConfig


class ValidateEmailNode(Validate[ValidateConfig]):
    """Asks for an e-mail address and takes it out of the answer.

    {"label": "E-mail", "type": "validate_email", "config": {"text": "¿Cuál es tu correo?",
     "variable": "session.email"}}
    """

    name = "validate_email"
    titles = {"es": "Pedir correo", "pt": "Pedir e-mail", "en": "Ask for an e-mail"}  # noqa: RUF012
    config = ValidateConfig

    def read(self, config: ValidateConfig, visit: Visit, said: str) -> Answer:
        return read_email(said)
