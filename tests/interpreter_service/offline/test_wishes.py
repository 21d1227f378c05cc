"""Wishes for schedules and alerts, told apart from questions about figures."""

from __future__ import annotations

import pytest

from interpreter_service.offline.wishes import ALERT, SCHEDULE, find_wish
from shared.contracts.base import Language


@pytest.mark.parametrize(
    ("language", "text", "what", "when"),
    [
        ("es", "cada lunes a las 8 mándame las deudas", "mándame las deudas", "cada lunes a las 8"),
        ("es", "ventas del mes todos los días a las 18:00", "ventas del mes", "todos los días a las 18:00"),
        ("pt", "me mande o faturamento toda sexta", "me mande o faturamento", "toda sexta"),
        ("en", "send me gross profit on the 1st of every month", "send me gross profit", "on the 1st of every month"),
    ],
)  # fmt: skip
def test_schedule_says_what_and_when(language: Language, text: str, what: str, when: str) -> None:
    wish = find_wish(text, language)
    assert wish is not None
    assert (wish.tool, wish.what, wish.arguments) == (SCHEDULE, what, {"when": when})


@pytest.mark.parametrize(
    ("language", "text", "what", "compared", "limit"),
    [
        ("es", "avísame cuando el stock de cemento baje de 10", "el stock de cemento", "below", "10"),
        ("es", "avísame si las cuentas por cobrar de Los Álamos superan los 5.000", None, "", ""),
        ("es", "alértame cuando la deuda de Los Álamos supere los 5.000", "la deuda de Los Álamos", "above", "5000"),
        ("pt", "me avise quando o estoque de cimento ficar abaixo de 1.500", "o estoque de cimento", "below", "1500"),
        ("en", "tell me when stock of cement falls below 10.5", "stock of cement", "below", "10.5"),
    ],
)
def test_alert_says_what_and_its_limit(
    language: Language, text: str, what: str | None, compared: str, limit: str
) -> None:
    wish = find_wish(text, language)
    if what is None:
        assert wish is None
        return
    assert wish is not None
    assert (wish.tool, wish.what) == (ALERT, what)
    assert wish.arguments == {"compared": compared, "limit": limit}


@pytest.mark.parametrize(
    "text",
    [
        "ventas por mes",
        "ventas de lunes a viernes",
        "ventas de cada mes del año",
        "avísame",
        "cuántas facturas hay a las 8",
        "avísame cuando llegue el pedido",
        "",
    ],
)
def test_question_about_figures_is_no_wish(text: str) -> None:
    assert find_wish(text, "es") is None
