"""What a PIN looks like, and which cards need one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from executor_service.pins.rules import is_weak, needs_pin, read_pin
from shared.contracts.results import Approval

LIMITS = {"PEN": Decimal(10000)}


@pytest.mark.parametrize("text", ["4821", " 48213097 ", "PIN 4821", "pin: 4821"])
def test_digits_alone_are_a_pin(text: str) -> None:
    assert read_pin(text) in ("4821", "48213097")


@pytest.mark.parametrize("text", ["482", "482130975", "mi pin es 4821", "4821 soles", "", "٤٨٢١", "48 21"])
def test_anything_else_is_none(text: str) -> None:
    assert read_pin(text) is None


@pytest.mark.parametrize("pin", ["0000", "1234", "4321", "89012345", "98765"])
def test_what_everybody_tries_first_is_weak(pin: str) -> None:
    assert is_weak(pin)
    assert not is_weak("4821")


@pytest.mark.parametrize(
    ("amount", "currency", "is_needed"),
    [
        ("10000", "PEN", False),
        ("10000.01", "PEN", True),
        ("-10000.01", "PEN", True),  # a credit note
        ("1", "USD", True),  # nobody said how much of it is little
        ("1", None, True),
        ("much", "PEN", True),
        (None, None, False),
    ],
)
def test_card_above_the_limit_of_its_currency_needs_one(
    amount: str | None, currency: str | None, is_needed: bool
) -> None:
    card = Approval(action="Approve", document="PO", amount=amount, currency=currency)
    assert needs_pin(card, LIMITS) is is_needed
    assert not needs_pin(card, {})


@pytest.mark.parametrize(
    ("at_stake", "is_needed"),
    [
        ({"PEN": "10000"}, False),
        ({"PEN": "10000.01"}, True),
        ({"PEN": "1", "USD": "1"}, True),
        ({"PEN": "-20000"}, True),
    ],
)
def test_card_of_several_documents_is_weighed_by_all_of_them(at_stake: dict[str, str], is_needed: bool) -> None:
    card = Approval(action="Approve", document="PO 1, PO 2", at_stake=at_stake)
    assert needs_pin(card, LIMITS) is is_needed
