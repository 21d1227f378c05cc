"""A number in a sentence, in figures or words."""

from __future__ import annotations

from decimal import Decimal

from executor_service.flows.answers.model import Answer, Refused, Taken
from shared.contracts.base import Language
from shared.language.amounts import find_amounts


def read_number(
    said: str,
    language: Language,
    *,
    whole: bool = False,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Answer:
    """The number, an int where it is whole: "1.500" is 1500 in Spanish and Portuguese and 1.5 in English."""
    values = {match.value for match in find_amounts(said, language)}
    if len(values) != 1:
        return Refused("number_several" if values else "number_none")
    value = values.pop()
    if whole and value != value.to_integral_value():
        return Refused("number_whole")
    if at_least is not None and value < Decimal(str(at_least)):
        return Refused("number_small", (("limit", _plain(Decimal(str(at_least)))),))
    if at_most is not None and value > Decimal(str(at_most)):
        return Refused("number_large", (("limit", _plain(Decimal(str(at_most)))),))
    return Taken(int(value) if value == value.to_integral_value() else float(value))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
