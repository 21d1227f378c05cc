"""Slips of the fingers, and words that are no slips."""

from __future__ import annotations

import pytest

from interpreter_service.offline.slips import is_slip
from interpreter_service.offline.spelling import with_periods_spelled

MENDED = [
    ("ventas de ocutbre", "ventas de octubre"),
    ("sales in octber", "sales in october"),
    ("vendas de novebro", "vendas de novembro"),
    ("este trimestr", "este trimestre"),
    ("los 5 maayores", "los 5 mayores"),
    ("ventas de ocyubre", "ventas de octubre"),
]
KEPT = ["ventas de Junior", "cliente Marco", "vendas de Julia", "octubre", "abrir", "semanas", "debe Mario"]


@pytest.mark.parametrize(("text", "mended"), MENDED)
def test_slips_in_periods_are_mended(text: str, mended: str) -> None:
    assert with_periods_spelled(text) == mended


@pytest.mark.parametrize("text", KEPT)
def test_other_words_are_no_slips_of_periods(text: str) -> None:
    assert with_periods_spelled(text) == text


def test_a_key_beside_is_a_slip_only_where_no_name_is_likely() -> None:
    assert is_slip("pedifos", "pedidos", may_replace=True)
    assert not is_slip("pedifos", "pedidos")
    assert not is_slip("martin", "marlin", may_replace=True)
