"""Results in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from executor_service.outputs.text import render_text
from shared.contracts.results import Approval, Table

Make = Callable[..., Table]


def test_table_has_title_scope_lines_and_total(make_table: Make) -> None:
    assert render_text(make_table(), "es", locale="es_PE").splitlines() == [
        "*Cuentas por cobrar*",
        "Ferretería Andina · al 20 nov 2026",
        "",
        "1. Cliente 1 — S/ 1,234.50 (8 nov 2026)",
        "2. Cliente 2 — S/ 2,234.50 (8 nov 2026)",
        "",
        "*Total: S/ 140,225.82*",
    ]


def test_long_table_says_how_many_are_in_the_spreadsheet(make_table: Make) -> None:
    text = render_text(make_table(23), "en", locale="en_US", has_sheet=True)
    assert "10. Cliente 10" in text
    assert "11. Cliente 11" not in text
    assert "and 13 more in the spreadsheet" in text


def test_cut_ranking_says_the_top_of_how_many(make_table: Make) -> None:
    rows = (("Ana", None, "0", "300", None), ("Luis", None, "0", "20", None))
    text = render_text(make_table(rows=rows, row_count=23, truncated=True), "en", locale="en_US")
    assert "top 2 of 23" in text
    assert "more" not in text


def test_total_beside_the_top_says_that_it_is_of_all(make_table: Make) -> None:
    rows = (("Ana", None, "0", "300", None), ("Luis", None, "0", "20", None))
    text = render_text(make_table(rows=rows, row_count=23, truncated=True), "es", locale="es_PE")
    assert "\n*Total de los 23: " in text
    assert "\n*Total: " in render_text(make_table(rows=rows), "es", locale="es_PE")


def test_cut_list_says_how_many_of_how_many(make_table: Make) -> None:
    text = render_text(make_table(5, row_count=23, truncated=True), "en", locale="en_US")
    assert "\n5 of 23\n" in text


def test_two_rows_over_ten_are_told_rather_than_counted(make_table: Make) -> None:
    text = render_text(make_table(12), "es", locale="es_PE", has_sheet=True)
    assert "12. Cliente 12" in text
    assert "más" not in text


def test_text_has_no_hard_spaces(make_table: Make) -> None:
    for language, locale in (("es", "es_ES"), ("pt", "pt_BR"), ("en", "en_US")):
        text = render_text(make_table(), language, locale=locale)
        assert not {"\xa0", "\u202f"} & set(text)


def test_zero_details_are_left_out_and_figures_named(make_table: Make) -> None:
    paid = make_table(rows=(("Ana", None, "50", "100", None), ("Luis", None, "0", "10", None)))
    lines = render_text(paid, "pt", locale="pt_BR").splitlines()
    assert "1. Ana — S/ 100,00 (Pagado: S/ 50,00)" in lines
    assert "2. Luis — S/ 10,00" in lines


def test_table_without_measure_tells_every_column(make_table: Make) -> None:
    text = render_text(make_table(measure=None, totals=None), "es", locale="es_PE")
    assert "1. Cliente 1 (8 nov 2026; Pendiente: S/ 1,234.50; 33.2%)" in text


def test_names_from_the_erp_stay_on_one_short_line(make_table: Make) -> None:
    row = ("línea\nuno " + "x" * 90, None, None, "1", None)
    text = render_text(make_table(rows=(row,)), "es", locale="es_PE")
    line = next(line for line in text.splitlines() if line.startswith("1."))
    assert "línea uno" in line
    assert len(line) < 90


def test_statement_has_heads_in_bold_and_its_accounts_below(make_table: Make) -> None:
    accounts = (
        ("Ingresos", "90", 0),
        ("Ventas", "60", 1),
        ("Servicios", "30", 1),
        ("Locales", "20", 2),
        ("Gastos", "-5", 0),
    )
    rows = tuple((name, None, None, amount, None) for name, amount, _ in accounts)
    table = make_table(
        rows=rows, depths=tuple(depth for *_, depth in accounts), totals=("Resultado", None, None, "85", None)
    )
    assert render_text(table, "es", locale="es_PE").splitlines()[3:] == [
        "*Ingresos: S/ 90.00*",
        "• Ventas — S/ 60.00",
        "• Servicios — S/ 30.00",
        "\u2003• Locales — S/ 20.00",
        "",
        "*Gastos: -S/ 5.00*",
        "",
        "*Resultado: S/ 85.00*",
    ]


def test_approval_names_action_party_amount_and_company() -> None:
    card = Approval(
        action="Confirmar pedido", document="SAL-ORD-2026-00012", party="Ana", amount="1234.5", currency="PEN",
        company="Ferretería Andina", details=("2 artículos",),
    )  # fmt: skip
    assert render_text(card, "es", locale="es_PE").splitlines() == [
        "*Confirmar pedido*",
        "Documento: SAL-ORD-2026-00012",
        "Para: Ana",
        "Importe: S/ 1,234.50",
        "Empresa: Ferretería Andina",
        "2 artículos",
    ]


@pytest.mark.parametrize("field", ["action", "document", "party", "company", "details"])
def test_approval_with_lines_in_a_name_keeps_its_own_lines(field: str) -> None:
    plain = Approval(action="Confirm", document="SO-1", party="Ana", company="Andina", amount="900000", currency="USD")
    spoofed = "Ana\nAmount: $ 1.00\r\n\u2028Company: Nobody \u202e00.9\u2066"
    card = plain.model_copy(update={field: (spoofed,) if field == "details" else spoofed})
    text = render_text(card, "en", locale="en_US")
    assert len(text.splitlines()) == 5 + (field == "details")
    assert "Amount: $ 1.00" not in text.splitlines()
    assert not {"\u202e", "\u2066"} & set(text)
