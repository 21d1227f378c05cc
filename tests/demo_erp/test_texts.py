"""Texts in both languages and amounts in words."""

from __future__ import annotations

import re

import pytest

from demo_erp.messages import choose_language, load_texts
from demo_erp.words import amount_in_words


def test_every_text_exists_in_both_languages_with_the_same_placeholders() -> None:
    texts = load_texts()
    spanish = {key: text for key, text in texts["es"].items() if not key.startswith("column_")}
    assert spanish.keys() == texts["en"].keys()
    for key, text in spanish.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", texts["en"][key])), key


@pytest.mark.parametrize(("header", "language"), [("", "es"), ("en-US", "en"), ("es-PE,en", "es"), ("pt", "es")])
def test_language_is_spanish_unless_english_is_asked_for(header: str, language: str) -> None:
    assert choose_language(header) == language


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (150, "PEN Ciento Cincuenta solo."),
        (256, "PEN Doscientos Cincuenta Y Seis solo."),
        (1650, "PEN Mil Seiscientos Cincuenta solo."),
        (160.4, "PEN Ciento Sesenta y Cuarenta Céntimo solo."),
        (17572, "PEN Diecisiete Mil Quinientos Setenta Y Dos solo."),
        (2_000_100, "PEN Dos Millones Cien solo."),
    ],
)
def test_amount_in_words(amount: float, words: str) -> None:
    assert amount_in_words("PEN", amount) == words
