"""Asking for a phone number."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.answers.model import Answer
from executor_service.flows.answers.phone import country_of, read_phone
from executor_service.flows.node import Visit
from executor_service.flows.nodes.validating import Validate, ValidateConfig


class ValidatePhoneConfig(ValidateConfig):
    """`country` (two letters) is the one of numbers without a code; empty: that of the contact's own number."""

    country: str = Field(default="", pattern=r"^([A-Za-z]{2})?$")


class ValidatePhoneNode(Validate[ValidatePhoneConfig]):
    """Asks for a phone number and keeps it in international form.

    {"label": "Phone", "type": "validate_phone", "config": {"text": "¿A qué número te llamamos?",
     "variable": "session.phone", "country": "PE"}}
    """

    name = "validate_phone"
    titles = {"es": "Pedir teléfono", "pt": "Pedir telefone", "en": "Ask for a phone number"}  # noqa: RUF012
    config = ValidatePhoneConfig

    def read(self, config: ValidatePhoneConfig, visit: Visit, said: str) -> Answer:
        own = visit.scope.get("contact", {})
        address = str(own.get("phone") or own.get("address") or "")
        return read_phone(said, config.country or country_of(address))
