"""Amounts in free text: figures and number words, with their currency, and ranks such as "top 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from shared.contracts.base import Language
from shared.language.currencies import currency_signs, currency_words
from shared.language.folding import Folded, fold_with_places
from shared.language.number_reading import read_number
from shared.language.number_words import ARTICLES, MULTIPLIERS, SMALL_NUMBERS
from shared.language.period_source import NUMBER, number_of, one_of, whole

AmountKind = Literal["money", "percent", "top", "number"]

_LETTERS = re.compile(r"[^\W\d_]+")
_PERCENT = re.compile(r" ?(?:%|por ciento(?!\w)|por cento(?!\w)|percent(?!\w))")
_BEST = (
    r"(?:mejores|principales|primeros|primeras|mayores|maiores|melhores|principais|primeiros|primeiras"
    r"|ultimos|ultimas|best|biggest|largest|first|latest|newest|most recent|last|top)"
)
_NOT_UNITS = r"(?! (?:dias|days|meses|months|semanas|weeks|anos|years|trimestres|quarters|quincenas|horas|hours))"
_TOP_BEFORE = whole(rf"(?:top|(?:los |las |os |as |the )?{_BEST})[ -]?(?P<count>{NUMBER}){_NOT_UNITS}")
_THINGS = (
    r"(?:clientes|articulos|productos|proveedores|itens|produtos|fornecedores"
    r"|items|customers|clients|products|suppliers|vendors)"
)
_TOP_AFTER = whole(
    rf"(?:los |las |os |as |the )?(?P<count>{NUMBER})"
    rf"(?= (?:(?:\w+ )?(?:{_BEST}|(?:mas|mais) vendid[oa]s|best selling)|(?:{_THINGS} )?que (?:mas|mais)"
    rf"|{_THINGS} (?:who|that|which|with)(?: \w+)?(?: the)? most"
    r"|\w+ (?:con|com|with)(?: the)? (?:mas|mais|most))(?!\w))"
)
_START = re.compile(r"(?<![\w.,/:#-])[-+]?(?=[\w$€£₲])|(?<= )[-+](?=[\d$])")
_ATTACHED = re.compile(r"[-/_:]\w|[.,]\d")


@dataclass(frozen=True, slots=True)
class AmountMatch:
    """One amount found in a text: `text[start:end]` are the person's words.

    `currency` is an ISO 4217 code where the words name one country's money; "pesos" and "$" do not, yet are `money`.
    """

    start: int
    end: int
    words: str
    value: Decimal
    kind: AmountKind
    currency: str | None = None


def find_amounts(text: str, language: Language | None = None) -> list[AmountMatch]:
    """The amounts named in any text, in order; "1.500" is 1500 in Spanish and Portuguese and 1.5 in English.

    Numbers inside codes ("SINV-2026-00012") and dates are none. Periods are not known here: mask them first.
    """
    folded = fold_with_places(text)
    if not _may_name_amounts(folded.text):
        return []
    found: list[AmountMatch] = []
    place = 0
    while start := _START.search(folded.text, place):
        match = _read_top(folded, start.end()) or _read_amount(folded, start.start(), language)
        if match is None:
            place = _next_word(folded.text, start.end())
            continue
        if not found or found[-1].end <= match[0].start:  # one character can fold to several
            found.append(match[0])
        place = match[1]
    return found


def _may_name_amounts(text: str) -> bool:
    """Whether a folded text has a figure or a number word; reading is slow, this is not."""
    return any(map(str.isnumeric, text)) or not _number_words().isdisjoint(_LETTERS.findall(text))


@cache
def _number_words() -> frozenset[str]:
    return frozenset({*SMALL_NUMBERS, *MULTIPLIERS, "medio", "media", "meio", "meia", "half"} - ARTICLES)


def _read_top(folded: Folded, place: int) -> tuple[AmountMatch, int] | None:
    match = _TOP_BEFORE.match(folded.text, place) or _TOP_AFTER.match(folded.text, place)
    if match is None:
        return None
    return _match(folded, place, match.end(), Decimal(number_of(match["count"])), "top"), match.end()


def _read_amount(folded: Folded, place: int, language: Language | None) -> tuple[AmountMatch, int] | None:
    start, negative = place, folded.text[place : place + 1] == "-"
    place += folded.text[place : place + 1] in {"-", "+"}
    sign = _sign().match(folded.text, place)
    number = read_number(folded.text, sign.end() if sign else place, language)
    if number is None or _ATTACHED.match(folded.text, number.end):
        return None
    value = -number.value if negative else number.value
    if percent := _PERCENT.match(folded.text, number.end):
        return _match(folded, start, percent.end(), value, "percent"), percent.end()
    word = _word().match(folded.text, number.end)
    currency = currency_signs()[sign[1]] if sign else currency_words()[word[1]] if word else None
    end = word.end() if word else number.end
    is_money = bool(sign or word or number.is_money)
    return _match(folded, start, end, value, "money" if is_money else "number", currency), end


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"({one_of(currency_signs())}) ?")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf" (?:de )?({one_of(currency_words())})(?!\w)")


def _match(
    folded: Folded, start: int, end: int, value: Decimal, kind: AmountKind, currency: str | None = None
) -> AmountMatch:
    first, last = folded.span(start, end)
    return AmountMatch(first, last, folded.original[first:last], value, kind, currency)


def _next_word(text: str, place: int) -> int:
    """Past the word or the single sign at this place: always further."""
    end = place
    while end < len(text) and text[end].isalnum():
        end += 1
    return max(end, place + 1)
