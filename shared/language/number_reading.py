"""Reading one number: figures in the three notations, number words, and both with a multiplier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shared.contracts.base import Language
from shared.language.number_words import ARTICLES, FOREIGN_MEANINGS, MONEY_MULTIPLIERS, MULTIPLIERS, SMALL_NUMBERS
from shared.language.period_source import one_of

_FIGURES = re.compile(r"\d+(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d+(?:[.,]\d+)?|[.,]\d+")
_MULTIPLIER = re.compile(rf" ?({one_of(MULTIPLIERS)})(?!\w)")
_HALF_MORE = re.compile(r" (?:y medio|y media|e meio|e meia|and a half)(?!\w)")
_HALF = re.compile(rf"(?:medio|media|meio|half a|half) ({one_of(MULTIPLIERS)})(?!\w)")
_WORD = re.compile(r"(?:(?: (?:y|e|and) | |-)?)([a-z]+)(?!\w)")
_JOINT = re.compile(r" (?:y |e |and )?")
_LOOSE_MULTIPLIERS = frozenset({"m", "k"})
MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number's value, where it ends, and whether a word such as "lucas" already says that it is money."""

    value: Decimal
    end: int
    is_money: bool = False


def read_number(text: str, place: int, language: Language | None, *, below: int = 10**MAX_DIGITS) -> ReadNumber | None:
    """The number at this place of a folded text: "1.500,50", "10k", "mil quinientos", "un millón y medio".

    `below` bounds its multiplier: the parts of "1 millón 200 mil" shrink, so reading one never goes deep.
    """
    if half := _HALF.match(text, place):
        value = Decimal(MULTIPLIERS[half[1]]) / 2
        return ReadNumber(value, half.end(), half[1] in MONEY_MULTIPLIERS)
    return _read_figures(text, place, language, below) or _read_words(text, place, language)


def _read_figures(text: str, place: int, language: Language | None, below: int) -> ReadNumber | None:
    match = _FIGURES.match(text, place)
    if match is None or len(match[0]) > MAX_DIGITS + 6:
        return None
    value, end = _value_of(match[0], language), match.end()
    multiplier = _MULTIPLIER.match(text, end)
    if multiplier is None or (multiplier[1] in _LOOSE_MULTIPLIERS and text[end] == " "):
        return None if text[end : end + 1].isalpha() else ReadNumber(value, end)
    factor = MULTIPLIERS[multiplier[1]]
    return _multiplied(text, value * factor, multiplier, language) if factor < below else None


def _multiplied(text: str, total: Decimal, match: re.Match[str], language: Language | None) -> ReadNumber:
    factor, end, is_money = MULTIPLIERS[match[1]], match.end(), match[1] in MONEY_MULTIPLIERS
    if half := _HALF_MORE.match(text, end):
        return ReadNumber(total + Decimal(factor) / 2, half.end(), is_money)
    joint = _JOINT.match(text, end)
    more = read_number(text, joint.end(), language, below=factor) if joint else None
    if more and 100 <= more.value < factor:  # "2 mil 500", "1 millón 200 mil"; "2 mil 3" are two numbers
        return ReadNumber(total + more.value, more.end, is_money or more.is_money)
    return ReadNumber(total, end, is_money)


def _value_of(figures: str, language: Language | None) -> Decimal:
    plain = figures.replace(" ", "").replace("'", "")
    last_dot, last_comma = plain.rfind("."), plain.rfind(",")
    if last_dot >= 0 and last_comma >= 0:
        point, thousands = (".", ",") if last_dot > last_comma else (",", ".")
        return Decimal(plain.replace(thousands, "").replace(point, "."))
    if last_dot < 0 and last_comma < 0:
        return Decimal(plain)
    mark = "." if last_dot >= 0 else ","
    return Decimal(plain.replace(mark, "" if _separates_thousands(plain, mark, language) else "."))


def _separates_thousands(plain: str, mark: str, language: Language | None) -> bool:
    """Whether a lone mark groups thousands. Spanish has both notations, and three decimals are rare in money."""
    groups = plain.split(mark)
    if len(groups) > 2:
        return True
    grouped = len(groups[1]) == 3 and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    decimal_mark = {"en": ".", "pt": ",", "es": ""}.get(language or "es", "")
    return grouped and mark != decimal_mark


def _read_words(text: str, place: int, language: Language | None) -> ReadNumber | None:
    total, current, end, money = Decimal(0), Decimal(0), place, False
    said: list[str] = []
    while match := _WORD.match(text, end):
        word = match[1]
        if (end == place and match.start(1) != place) or not _is_number_word(word, language, said):
            break
        if word in MULTIPLIERS:
            factor = MULTIPLIERS[word]
            current = max(current, Decimal(1)) * factor
            if factor > 100:
                total, current = total + current, Decimal(0)
            money = money or word in MONEY_MULTIPLIERS
        else:
            if not _may_follow(said, word):
                break
            current += SMALL_NUMBERS[word]
        said.append(word)
        end = match.end()
    while said and said[-1] in ARTICLES:
        current -= 1
        end = text.rfind(said.pop(), place, end)
        end = len(text[:end].rstrip()) if said else place
    if not said:
        return None
    half = _HALF_MORE.match(text, end)
    if half and said[-1] in MULTIPLIERS:
        return ReadNumber(total + current + Decimal(MULTIPLIERS[said[-1]]) / 2, half.end(), money)
    return ReadNumber(total + current, end, money)


def _is_number_word(word: str, language: Language | None, said: list[str]) -> bool:
    if FOREIGN_MEANINGS.get(word, "") == language and language:
        return False
    if word in MULTIPLIERS:
        loose = word in _LOOSE_MULTIPLIERS or word in {"mi", "mm", "grand"}
        return not loose and (bool(said) or word in {"mil", "thousand", "cien"})
    return word in SMALL_NUMBERS


def _may_follow(said: list[str], word: str) -> bool:
    """Whether the word can go on the number: smaller than what came before ("cuarenta y dos", not "dos cuarenta")."""
    if not said or said[-1] in MULTIPLIERS:
        return True
    return SMALL_NUMBERS.get(said[-1], 0) >= 20 and SMALL_NUMBERS[word] < _room(SMALL_NUMBERS[said[-1]])


def _room(value: int) -> int:
    return 100 if value >= 100 else 10
