"""Goods with their quantities, as people order them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shared.language.item_lines import LineSaid, find_lines, read_lines

MESSAGES = [
    (
        "cotización para Misti de 10 sacos de cemento y 5 varillas",
        "10 sacos de cemento y 5 varillas",
        "cotización para Misti",
    ),
    ("cotiza 20 bolsas de cemento para Pedro Condori", "20 bolsas de cemento", "cotiza para Pedro Condori"),
    ("quote for Pacific Trade: 10 bags and 3 hammers", "10 bags and 3 hammers", "quote for Pacific Trade"),
    ("pedido para Rojas: 2 CON-001; 1 CON-002", "2 CON-001; 1 CON-002", "pedido para Rojas"),
]


@pytest.mark.parametrize(("text", "words", "rest"), MESSAGES)
def test_goods_are_found_apart_from_whom_they_are_for(text: str, words: str, rest: str) -> None:
    found = find_lines(text)
    assert found is not None
    assert (found.words, found.rest) == (words, rest)


@pytest.mark.parametrize("text", ["ventas de octubre", "factura 00377", "SAL-QTN-2026-00012", "5000", ""])
def test_message_without_goods_has_none(text: str) -> None:
    assert find_lines(text) is None


def test_lines_have_quantity_thing_and_the_price_that_was_said() -> None:
    assert read_lines("10 bolsas de cemento a S/ 28.50, dos martillos y 3 tubos de 2 pulgadas", "es") == (
        LineSaid(Decimal(10), "bolsas de cemento", Decimal("28.50")),
        LineSaid(Decimal(2), "martillos"),
        LineSaid(Decimal(3), "tubos de 2 pulgadas"),
    )


def test_thing_without_a_quantity_counts_once() -> None:
    assert read_lines("CON-001") == (LineSaid(Decimal(1), "CON-001"),)
    assert read_lines(" ") == ()
