"""Whether every figure of a text is in what its writer was shown. Pure.

A figure has its ground when a number in a tool's result or in the person's own words, brought to the decimals that
the text writes, is the same: thousands marks, a percentage, "1,2 millones" and the sign aside. Parts of a date have
it when the data names such a date. Numbers that only order a list need none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from shared.contracts.base import Json
from shared.language.number_words import MULTIPLIERS, SMALL_NUMBERS

LARGEST_SMALL_WORD = 12
ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
SCALES = {
    **dict.fromkeys(("k", "mil", "miles", "thousand"), 3),
    **dict.fromkeys(("m", "mm", "mi", "mill", "millon", "millones", "milhao", "milhoes", "million", "millions"), 6),
    **dict.fromkeys(("bi", "bn", "bilhao", "bilhoes", "billion", "billions"), 9),
}
MONTHS = (
    "ene(?:ro)?|jan(?:eiro|uary)?|feb(?:rero|ruary)?|fev(?:ereiro)?|mar(?:zo|co|ch)?|abr(?:il)?|apr(?:il)?|may(?:o)?|mai(?:o)?"
    "|jun(?:io|ho|e)?|jul(?:io|ho|y)?|ago(?:sto)?|aug(?:ust)?|sep(?:t|tiembre|tember)?|set(?:embro)?|oct(?:ubre|ober)?"
    "|out(?:ubro)?|nov(?:iembre|embro|ember)?|dic(?:iembre)?|dez(?:embro)?|dec(?:ember)?"
)
DATES = re.compile(
    rf"(?<![\w.,])(?:\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})"
    rf"|(?:\d{{1,2}}\s*(?:al?|ao|to|-|y|e|and)\s*(?:el\s*)?)?\d{{1,2}}(?:o|st|nd|rd|th)?(?:\s+(?:de|of))?\s+(?:{MONTHS})\b\.?(?:,?(?:\s+del?|\s+of)?\s+\d{{4}})?"
    rf"|(?:{MONTHS})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|to|and)\s*\d{{1,2}}(?:st|nd|rd|th)?)?(?:,?\s+\d{{4}})?(?![\d.,]*\d)"
    rf"|(?:{MONTHS})\b\.?(?:\s+del?|\s+of)?\s+\d{{4}}|(?:19|20)\d\d)(?![\d.,]*\d|\w)"
)
ORDINALS = re.compile(
    r"(?m)^\s*\d{1,2}[.)]\s|(?<!\w)#\d{1,2}\b|(?<!\w)\d{1,2}(?:[oa°]|st|nd|rd|th|er|ro|ra|do|da|to|ta)\b"
)
CODES = re.compile(r"(?<!\w)(?=[\w/-]*[^\W\d_])(?=[\w/-]*\d)[^\W_][\w/-]*\w")
GLUED = re.compile(r"(?<=[^\W\d_])(?=\d{3}|\d{1,2}[.,]\d)|(?<=\b[a-z]{3})(?=\d)")
"""Where an amount clings to its currency, as in "USD3000" or "PEN50"."""
NUMBERS = re.compile(r"(?<![\w])\d{1,3}(?:'\d{3})+(?:[.,]\d+)?|(?<![\w])\d+(?:[.,]\d+)*")
SCALE_AFTER = re.compile(r"\s?(?:de\s)?([a-z]+)\b")
BULLETS = re.compile(r"(?m)^\s*(?:[•*\-–]|\d{1,2}[.)])\s+\S")
SPACES_IN_NUMBERS = re.compile(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))")
PERU_GROUPS = re.compile(r"(?<=\d)'(?=\d{3}[.,]\d{3})")
"""Millions set off by an apostrophe and thousands by a comma: 1'234,567.89."""
PERCENT_WORDS = re.compile(r"(?<=\d)\s*(?:por ciento|por cento|per ?cent)\b")
HALVES = re.compile(
    r"\b(?:medio|media|meio|meia|half an?)\s+(?:mil|millon|milhao|million|thousand|billon|bilhao|billion)\b"
)
MARKS = re.compile(r"[\u0300-\u036f]")
ESCAPES = re.compile(r"\\(?:[nrt\"\\]|u[0-9a-f]{4})")
"""Escapes of JSON, whose letters would cling to a number after them."""
WORDS = re.compile(r"[^\W\d_]+")


class Grounds:
    """What a model was shown before it wrote: its system prompt, of which only the dates count, and all after it."""

    def __init__(self, messages: Sequence[Json]) -> None:
        told, *shown = (_folded(str(message.get("content") or "")) for message in messages)
        self._source = ESCAPES.sub(" ", "\n".join(shown))
        self._values = {value for text in _numbers_outside_dates(self._source) for value, _ in _readings(text)}
        self._days = set(_integers(found.group() for found in DATES.finditer(f"{told}\n{self._source}")))

    def missing(self, text: str) -> tuple[str, ...]:
        """The figures of a text that have no ground, as written."""
        listed = Decimal(len(BULLETS.findall(text)))
        folded = GLUED.sub(" ", CODES.sub(self._without_known, _folded(text)))
        folded = DATES.sub(self._without_date, folded)
        folded = ORDINALS.sub(" ", folded)
        figures = (found for found in NUMBERS.finditer(folded) if not self._has(found, folded, listed))
        return (*(found.group() for found in figures), *self._words(folded))

    def _without_known(self, found: re.Match[str]) -> str:
        return " " if found.group() in self._source else found.group().replace("-", " ")

    def _without_date(self, found: re.Match[str]) -> str:
        return " " if self._days.issuperset(_integers([found.group()])) else found.group()

    def _has(self, found: re.Match[str], text: str, listed: Decimal) -> bool:
        after = text[found.end() :]
        scale = SCALE_AFTER.match(after)
        power = SCALES.get(scale.group(1), 0) if scale else 0
        percent = after.lstrip().startswith("%")
        return any(
            value == listed
            or self._is_known(value, decimals, power)
            or (percent and self._is_known(value, decimals, -2))
            for value, decimals in _readings(found.group())
        )

    def _is_known(self, value: Decimal, decimals: int, power: int) -> bool:
        wanted, step = value.scaleb(power), Decimal(1).scaleb(power - decimals)
        return wanted in self._values or any(
            abs(known - wanted) < step and _is_rounded(known, wanted, step) for known in self._values
        )

    def _words(self, text: str) -> tuple[str, ...]:
        """Large numbers written as words; they need the same words in the source."""
        runs: list[list[str]] = [[]]
        for word in WORDS.findall(text):
            if word in SMALL_NUMBERS or (word in MULTIPLIERS and len(word) > 2):
                runs[-1].append(word)
            elif runs[-1] and word not in {"y", "e", "and"}:
                runs.append([])
        large = [" ".join(run) for run in runs if _is_large(run)]
        return tuple(words for words in (*large, *HALVES.findall(text)) if words not in self._source)


def _folded(text: str) -> str:
    """Lower case without accents, digits grouped by a thin space grouped by an apostrophe instead."""
    grouped = SPACES_IN_NUMBERS.sub("'", PERU_GROUPS.sub(",", text)).casefold()
    return PERCENT_WORDS.sub("%", MARKS.sub("", unicodedata.normalize("NFKD", grouped)))


def _is_rounded(known: Decimal, wanted: Decimal, step: Decimal) -> bool:
    return any((known / step).quantize(Decimal(1), rounding=how) * step == wanted for how in ROUNDINGS)


def _numbers_outside_dates(text: str) -> list[str]:
    return NUMBERS.findall(DATES.sub(" ", text))


def _integers(texts: Iterable[str]) -> list[int]:
    return [int(digits) for text in texts for digits in re.findall(r"\d+", text)]


def _readings(written: str) -> tuple[tuple[Decimal, int], ...]:
    """The numbers that a written one may be, each with its decimals: "1.500" is 1500 and 1.5."""
    plain = written.replace("'", "")
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return ((Decimal(plain), 0),)
    whole, _, fraction = plain.rpartition(marks[-1])
    grouped = (Decimal(re.sub(r"[.,]", "", plain)), 0)
    pointed = (Decimal(re.sub(r"[.,]", "", whole) + "." + fraction), len(fraction))
    if len(set(marks)) == 2:
        return (pointed,)
    if len(marks) > 1:
        return (grouped,)
    return (grouped, pointed) if len(fraction) == 3 and len(whole) <= 3 else (pointed,)


def _is_large(run: Sequence[str]) -> bool:
    numbers = [word for word in run if word in SMALL_NUMBERS]
    return any(SMALL_NUMBERS[word] > LARGEST_SMALL_WORD for word in numbers) or (
        bool(numbers) and len(run) > len(numbers)
    )
