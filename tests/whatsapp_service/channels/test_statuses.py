from __future__ import annotations

from itertools import permutations

import pytest

from whatsapp_service.channels.statuses import status_rises

WORDS = ("sent", "delivered", "read", "played")


@pytest.mark.parametrize("order", list(permutations(WORDS)))
def test_any_order_ends_at_the_highest(order: tuple[str, ...]) -> None:
    current = ""
    for word in order:
        current = word if status_rises(current, word) else current
    assert current == "played"


@pytest.mark.parametrize(
    ("current", "new", "rises"),
    [
        ("", "failed", True),
        ("sent", "failed", True),
        ("delivered", "failed", False),
        ("read", "failed", False),
        ("failed", "failed", False),
        ("failed", "sent", False),
        ("failed", "delivered", True),
        ("sent", "sent", False),
        ("sent", "teleported", False),
        ("", "teleported", False),
    ],
)
def test_status_rises(current: str, new: str, rises: bool) -> None:
    assert status_rises(current, new) is rises
