"""Numbers and dates as a country writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from executor_service.outputs.locales import day, locale_for, money, number, percent
from shared.contracts.base import Language


@pytest.mark.parametrize(
    ("language", "currency", "locale", "text"),
    [
        ("es", "PEN", "es_PE", "S/ 1,234.50"),
        ("en", "PEN", "en_US", "S/ 1,234.50"),
        ("pt", "PEN", "pt_BR", "S/ 1.234,50"),
        ("pt", "BRL", "pt_BR", "R$ 1.234,50"),
        ("en", "USD", "en_US", "$1,234.50"),
        ("es", "USD", "es_419", "USD 1,234.50"),
        ("es", "MXN", "es_MX", "$1,234.50"),
        ("es", "ARS", "es_AR", "$ 1.234,50"),
        ("es", "EUR", "es_ES", "1.234,50 €"),
        ("es", "CLP", "es_CL", "$1.234"),
    ],
)
def test_money_is_written_as_where_it_is_paid(language: Language, currency: str, locale: str, text: str) -> None:
    assert locale_for(language, currency) == locale
    assert money(Decimal("1234.5"), currency, locale).replace("$ ", "$") == text.replace("$ ", "$")


def test_negative_amount_has_one_sign_in_front() -> None:
    assert money(Decimal("-3.999"), "PEN", "es_PE") == "-S/ 4.00"
    assert money(Decimal("-3.999"), "PEN", "en_US") == "-S/ 4.00"
    assert money(Decimal("-0.001"), "PEN", "es_PE") == "S/ 0.00"


def test_quantity_shows_only_digits_that_say_something() -> None:
    assert number(Decimal("1234.000"), "es_PE") == "1,234"
    assert number(Decimal("8575.85199"), "pt_BR") == "8.575,852"


def test_percentage_is_taken_as_the_erp_sends_it() -> None:
    assert percent(Decimal("33.204"), "en_US") == "33.2%"


def test_day_is_short_in_each_language() -> None:
    assert day("2026-11-20", "es") == "20 nov 2026"
    assert day("2026-11-20", "pt") == "20 nov 2026"
    assert day(date(2026, 11, 20), "en") == "Nov 20, 2026"
    assert day("sin fecha", "es") == "sin fecha"
