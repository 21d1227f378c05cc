"""Whole numbers in Spanish words, as invoices print them."""

from __future__ import annotations

_SMALL = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
_HUNDREDS = [
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]


def amount_in_words(currency: str, amount: float) -> str:
    """An amount such as `PEN Ciento Sesenta y Cuarenta Céntimo solo.`"""
    whole, cents = divmod(round(amount * 100), 100)
    fraction = f" y {spell(cents).title()} Céntimo" if cents else ""
    return f"{currency} {spell(whole).title()}{fraction} solo."


def spell(number: int) -> str:
    """A number below a thousand million in words."""
    if number < 30:
        return _SMALL[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens - 3] + (f" y {_SMALL[rest]}" if rest else "")
    if number == 100:
        return "cien"
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return _HUNDREDS[hundreds - 1] + (f" {spell(rest)}" if rest else "")
    if number < 1_000_000:
        thousands, rest = divmod(number, 1000)
        head = "mil" if thousands == 1 else f"{spell(thousands)} mil"
        return head + (f" {spell(rest)}" if rest else "")
    millions, rest = divmod(number, 1_000_000)
    head = "un millón" if millions == 1 else f"{spell(millions)} millones"
    return head + (f" {spell(rest)}" if rest else "")
