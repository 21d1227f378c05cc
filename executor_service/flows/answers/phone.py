"""A phone number in a sentence."""

from __future__ import annotations

import re

import phonenumbers

from executor_service.flows.answers.model import Answer, Refused, Taken

MAX_CHARS = 1_000
_MEXICAN_MOBILE = re.compile(r"\+?521(\d{10})(?!\d)")
"""As WhatsApp writes Mexican numbers: with a 1 that the numbering plan dropped in 2019."""


def read_phone(said: str, country: str) -> Answer:
    """The number in E.164. `country` (ISO 3166, "" unknown) is the one of numbers without a country code."""
    text = _MEXICAN_MOBILE.sub(r"+52\1", said[:MAX_CHARS])
    region = country.upper() or None
    found = {_e164(match.number) for match in phonenumbers.PhoneNumberMatcher(text, region)}
    if not found and region is None:
        found = {_e164(match.number) for match in phonenumbers.PhoneNumberMatcher(f"+{text.strip()}", None)}
    if len(found) > 1:
        return Refused("phone_several")
    if found:
        return Taken(found.pop())
    return Refused("phone_wrong" if sum(map(str.isdigit, text)) >= 5 else "phone_none")


def country_of(address: str) -> str:
    """The country of a contact's own number ("51987654321", "+52…"); "" when it is none."""
    digits = re.sub(r"\D", "", address)
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(f"+{digits}", None)) or ""
    except phonenumbers.NumberParseException:
        return ""


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
