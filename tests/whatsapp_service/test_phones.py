"""What a phone number says of its owner."""

from __future__ import annotations

import pytest

from whatsapp_service.inbox.phones import only_digits, phone_language, phone_spellings, phone_time_zone


@pytest.mark.parametrize(
    ("digits", "spellings"),
    [
        ("5511987654321", {"5511987654321", "551187654321"}),
        ("551187654321", {"551187654321", "5511987654321"}),
        ("5215512345678", {"5215512345678", "525512345678"}),
        ("5491123456789", {"5491123456789", "541123456789"}),
        ("573001234567", {"573001234567"}),
    ],
)
def test_a_phone_is_known_by_all_its_spellings(digits: str, spellings: set[str]) -> None:
    assert set(phone_spellings(digits)) == spellings


@pytest.mark.parametrize("digits", ["", "0000000", "99999999999999999999", "1"])
def test_a_number_of_no_country_has_defaults(digits: str) -> None:
    assert phone_language(digits) == "en"
    assert phone_time_zone(digits) in ("UTC", "Etc/Unknown") or "/" in phone_time_zone(digits)


@pytest.mark.parametrize(("typed", "digits"), [("+57 (300) 123-4567", "573001234567"), ("abc", ""), ("١٢٣٤٥٦٧", "")])
def test_only_ascii_digits_make_a_phone(typed: str, digits: str) -> None:
    assert only_digits(typed) == digits
