"""What a phone number says of its owner before they have said anything: language, time zone, other spellings."""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumber, timezone

from shared.contracts.base import Language

_SPANISH = frozenset(
    (
        "AR",
        "BO",
        "CL",
        "CO",
        "CR",
        "CU",
        "DO",
        "EC",
        "ES",
        "GQ",
        "GT",
        "HN",
        "MX",
        "NI",
        "PA",
        "PE",
        "PR",
        "PY",
        "SV",
        "UY",
        "VE",
    )
)
_PORTUGUESE = frozenset(("AO", "BR", "CV", "GW", "MZ", "PT", "ST", "TL"))
UNKNOWN_ZONE = "UTC"


def phone_language(digits: str) -> Language:
    """The language of the phone's country; English for all countries but those of Spanish and Portuguese."""
    region = phonenumbers.region_code_for_number(_parsed(digits)) if digits else None
    if region in _PORTUGUESE:
        return "pt"
    return "es" if region in _SPANISH else "en"


def phone_time_zone(digits: str) -> str:
    """An IANA zone of the phone's country or area, the first where it has several."""
    zones = timezone.time_zones_for_number(_parsed(digits)) if digits else ()
    zone = next(iter(zones), UNKNOWN_ZONE)
    return UNKNOWN_ZONE if zone == "Etc/Unknown" else str(zone)


def phone_spellings(digits: str) -> tuple[str, ...]:
    """The number and how else it may be written.

    WhatsApp leaves the ninth digit of some Brazilian mobiles away and adds a digit to Mexican and Argentine ones.
    """
    rest = digits[2:]
    if digits.startswith("55") and len(digits) == 13 and digits[4] == "9":
        return digits, digits[:4] + digits[5:]
    if digits.startswith("55") and len(digits) == 12:
        return digits, digits[:4] + "9" + digits[4:]
    for country, extra in (("52", "1"), ("54", "9")):
        if digits.startswith(country) and len(digits) == 12:
            return digits, country + extra + rest
        if digits.startswith(country + extra) and len(digits) == 13:
            return digits, country + rest[1:]
    return (digits,)


def only_digits(phone: str) -> str:
    """The number with country code as WhatsApp writes it; "" for what cannot be a phone."""
    digits = "".join(char for char in phone if char.isascii() and char.isdigit())
    return digits if 5 <= len(digits) <= 20 else ""


def _parsed(digits: str) -> PhoneNumber:
    # WhatsApp's extra Mexican and Argentine digits make a number invalid
    plain = phone_spellings(digits)[-1] if digits.startswith(("521", "549")) else digits
    try:
        return phonenumbers.parse(f"+{plain}")
    except phonenumbers.NumberParseException:
        return PhoneNumber()
