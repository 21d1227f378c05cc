"""Numbers as words, folded, in Spanish, Portuguese and English together: the three hardly collide."""

from __future__ import annotations

SMALL_NUMBERS: dict[str, int] = {
    # Spanish
    "cero": 0, "uno": 1, "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21,
    "veintiun": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26,
    "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
    "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
    "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
    "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600,
    "seiscientas": 600, "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800,
    "novecientos": 900, "novecientas": 900,
    # Portuguese
    "zero": 0, "um": 1, "uma": 1, "dois": 2, "duas": 2, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10,
    "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "quinze": 15, "dezesseis": 16, "dezessete": 17,
    "dezoito": 18, "dezenove": 19, "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60,
    "oitenta": 80, "cem": 100, "cento": 100, "duzentos": 200, "duzentas": 200, "trezentos": 300, "trezentas": 300,
    "quatrocentos": 400, "quinhentos": 500, "quinhentas": 500, "seiscentos": 600, "setecentos": 700,
    "oitocentos": 800, "novecentos": 900,
    # English
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

ARTICLES = frozenset({"un", "una", "um", "uma", "a", "an", "one"})
"""Words that are 1 only before a multiplier ("un millón", "a hundred"): else an article or a pronoun."""

FOREIGN_MEANINGS = {"dos": "pt", "once": "en"}
"""Number words that mean something else in that language: Portuguese "dos" is "of the", English "once" a time."""

MULTIPLIERS: dict[str, int] = {
    "mil": 1_000, "miles": 1_000, "thousand": 1_000, "k": 1_000, "grand": 1_000, "hundred": 100,
    "millon": 1_000_000, "millones": 1_000_000, "milhao": 1_000_000, "milhoes": 1_000_000, "million": 1_000_000,
    "millions": 1_000_000, "mm": 1_000_000, "mi": 1_000_000, "m": 1_000_000,
    "bilhao": 1_000_000_000, "bilhoes": 1_000_000_000, "billion": 1_000_000_000,
    # What people say in the street. "Luca" is a thousand in Argentina, Chile and Colombia (one sol in Peru).
    "luca": 1_000, "lucas": 1_000, "palo": 1_000_000, "palos": 1_000_000, "gamba": 100, "gambas": 100,
}  # fmt: skip

MONEY_MULTIPLIERS = frozenset({"luca", "lucas", "palo", "palos", "gamba", "gambas", "grand"})
"""Multipliers that are only said of money."""

ORDINALS: dict[str, int] = {
    "primer": 1, "primero": 1, "primera": 1, "1er": 1, "1ero": 1, "1era": 1, "1ra": 1, "1ro": 1, "1o": 1, "1a": 1,
    "1°": 1,
    "segundo": 2, "segunda": 2, "2do": 2, "2da": 2, "2o": 2, "2a": 2, "2°": 2,
    "tercer": 3, "tercero": 3, "tercera": 3, "3er": 3, "3ero": 3, "3era": 3, "3ro": 3, "3ra": 3, "3o": 3, "3a": 3,
    "3°": 3,
    "cuarto": 4, "cuarta": 4, "4to": 4, "4ta": 4, "4o": 4, "4a": 4, "4°": 4, "quinto": 5, "quinta": 5, "5ta": 5,
    "primeiro": 1, "primeira": 1, "terceiro": 3, "terceira": 3, "quarto": 4, "quarta": 4,
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5,
}  # fmt: skip
