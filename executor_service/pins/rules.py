"""What a PIN looks like, and which approvals need one. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from shared.contracts.results import Approval

MIN_DIGITS, MAX_DIGITS = 4, 8
MAX_WRONG = 5
"""Wrong tries in a row until a PIN is locked."""
LOCKED = timedelta(minutes=15)
ASKED = timedelta(minutes=5)
"""How long a message of digits is taken for the PIN that was asked for."""
_SHAPE = re.compile(rf"(?:pin\W*)?(\d{{{MIN_DIGITS},{MAX_DIGITS}}})", re.IGNORECASE | re.ASCII)


def read_pin(text: str) -> str | None:
    """The digits of a message that is a PIN and nothing else."""
    found = _SHAPE.fullmatch(text.strip())
    return found.group(1) if found else None


def is_weak(pin: str) -> bool:
    """Whether everybody would try it first: one digit again and again, or digits in a row."""
    steps = {(int(two) - int(one)) % 10 for one, two in pairwise(pin)}
    return steps in ({0}, {1}, {9})


def needs_pin(approval: Approval, limits: Mapping[str, Decimal]) -> bool:
    """Whether an amount of the card is above the limit of its currency, whichever its sign.

    Where there are limits, a currency without one counts as above: nobody has said how much of it is little.
    """
    return bool(limits) and any(
        _is_above(amount, limits.get(currency)) for currency, amount in amounts_of(approval).items()
    )


def amounts_of(approval: Approval) -> Mapping[str, str]:
    """What a card is about, by currency; nothing where it names no amount."""
    if approval.at_stake:
        return approval.at_stake
    return {approval.currency or "": approval.amount} if approval.amount else {}


def _is_above(amount: str, limit: Decimal | None) -> bool:
    try:
        return limit is None or abs(Decimal(amount)) > limit
    except InvalidOperation:
        return True
