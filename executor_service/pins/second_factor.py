"""Whether a person's approval needs their PIN besides the tap, and what they are told then."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency

from executor_service.pins.limits import ApprovalLimits
from executor_service.pins.pins import Pins
from executor_service.pins.rules import amounts_of, needs_pin
from shared.contracts.base import Language
from shared.contracts.messages import Part, TextPart
from shared.contracts.results import Approval
from shared.texts import Texts

LOCALES = {"es": "es_PE", "pt": "pt_BR", "en": "en"}


class SecondFactor:
    def __init__(self, limits: ApprovalLimits, pins: Pins, texts: Texts) -> None:
        self.pins = pins
        self.limits = limits
        self._texts = texts

    def is_needed(self, connection_id: str, approval: Approval) -> bool:
        return needs_pin(approval, self.limits.of(connection_id))

    def question(self, contact_id: str, approval: Approval, language: Language) -> tuple[Part, ...]:
        """What is said after the tap: to write the PIN, or first to make one."""
        key = "needed" if self.pins.has(contact_id) else "needed_first"
        locale = LOCALES[language]
        amount = " + ".join(
            format_currency(Decimal(one), currency, locale=locale) for currency, one in amounts_of(approval).items()
        )
        said = self._texts.say(language, key, action=approval.action, document=approval.document, amount=amount)
        return (TextPart(text=said),)
