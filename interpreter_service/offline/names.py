"""The stretches of a message that name something: unknown words, capitals, codes, quotations."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter_service.offline.lexicon import doctypes_by_noun, stop_words, words_like
from interpreter_service.offline.reading import Reading, Token
from interpreter_service.offline.vocabulary import MAX_CORRECTIONS, Vocabulary
from shared.language.folding import fold

_ARTICLES = frozenset({"el", "la", "los", "las", "o", "a", "os", "as", "the", "lo"})


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name something, `tokens[first:last]` of the reading, and what was said before them.

    `noun` is the word that announces its kind ("cliente") and `noun_place` where it is, `preposition` the nearest
    little word; `is_sure` where it was quoted, written with a capital, a code, or announced.
    """

    first: int
    last: int
    words: str
    noun: str = ""
    preposition: str = ""
    is_sure: bool = False
    is_code: bool = False
    noun_place: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a message and the corrected spelling of its other words, by position."""

    names: tuple[Name, ...]
    spelling: dict[int, str]


def find_names(reading: Reading, vocabulary: Vocabulary) -> Names:
    """What is named in the message, in order; misspelt known words are corrected, not taken for names."""
    tokens = reading.tokens
    shouted = sum(token.is_capital for token in tokens) > max(2, len(tokens) * 0.7)
    spelling: dict[int, str] = {}
    seeds = [_is_seed(index, token, vocabulary, shouted, spelling, reading) for index, token in enumerate(tokens)]
    names: list[Name] = []
    index = 0
    while index < len(tokens):
        if not seeds[index]:
            index += 1
            continue
        last = _extend(index, tokens, seeds)
        name = _name(reading, index, last, shouted)
        if _is_name(name, tokens):
            names.append(name)
        index = last
    return Names(tuple(names), spelling)


def _is_seed(
    index: int, token: Token, vocabulary: Vocabulary, shouted: bool, spelling: dict[int, str], reading: Reading
) -> bool:
    if any(first <= token.start < last for first, last in reading.quoted):
        return True
    if token.is_masked or token.word.isdigit():
        return False
    if token.is_code:
        return True
    if vocabulary.knows(token.word):
        return token.is_capital and index > 0 and not shouted and _goes_on(index, reading.tokens, vocabulary)
    if not (token.is_capital and index > 0 and not shouted) and len(spelling) < MAX_CORRECTIONS:
        corrected = vocabulary.correct(token.word)
        if corrected:
            spelling[index] = corrected
            return False
    return True


def _goes_on(index: int, tokens: tuple[Token, ...], vocabulary: Vocabulary) -> bool:
    """Whether a known word with a capital stands in a name: the word beside it is unknown, or has a capital too."""
    beside = [tokens[place] for place in (index - 1, index + 1) if 0 < place < len(tokens)]
    return any(not token.is_masked and (token.is_capital or not vocabulary.knows(token.word)) for token in beside)


def _extend(first: int, tokens: tuple[Token, ...], seeds: list[bool]) -> int:
    """The end of the name that begins here: more seeds, numbers, and little words that lead to a further seed."""
    last = first + 1
    while last < len(tokens):
        if seeds[last] or (tokens[last].word.isdigit() and not tokens[last].is_masked) or _is_ending(tokens[last]):
            last += 1
            continue
        ahead = last
        while ahead < len(tokens) and ahead - last < 2 and tokens[ahead].word in words_like("linkers"):
            ahead += 1
        if ahead == last or ahead >= len(tokens) or not seeds[ahead]:
            break
        last = ahead + 1
    return last


def _is_name(name: Name, tokens: tuple[Token, ...]) -> bool:
    """Whether a lone unknown word is a name, which nothing but its place says: "stock clavos", not "tan rentables"."""
    if name.is_sure or name.preposition or name.last - name.first > 1 or len(tokens) == 1:
        return True
    if name.first == 0 or fold(name.words).endswith(tuple(words_like("verb_endings"))):
        return False
    before = tokens[name.first - 1]
    if before.word in words_like("questions") or before.word in words_like("follow"):
        return True
    after = tokens[name.last] if name.last < len(tokens) else None
    leads_on = after is not None and not after.is_masked and after.word not in words_like("prepositions")
    return not leads_on and (before.is_masked or before.word not in stop_words())


def _is_ending(token: Token) -> bool:
    return (
        token.word in words_like("endings")
        and not token.is_masked
        and (token.is_capital or token.word in {"sac", "srl", "eirl", "ltda"})
    )


def _noun_after(tokens: tuple[Token, ...], place: int) -> str:
    """What a name is of, said behind it: "the Lima warehouse"."""
    after = tokens[place] if place < len(tokens) else None
    is_noun = after is not None and not after.is_masked and after.word in doctypes_by_noun()
    return after.word if after is not None and is_noun and not after.word.endswith("s") else ""


def _name(reading: Reading, first: int, last: int, shouted: bool) -> Name:
    tokens = reading.tokens
    words = reading.text[tokens[first].start : tokens[last - 1].end]
    place = first - 1
    while place >= 0 and tokens[place].word in _ARTICLES and not tokens[place].is_masked:
        place -= 1
    preposition, noun = "", ""
    if place >= 0 and tokens[place].word in words_like("prepositions"):
        preposition, place = tokens[place].word, place - 1
    elif place + 1 < first and tokens[place + 1].word in {"a"}:
        preposition = "a"
    while place >= 0 and tokens[place].word in _ARTICLES:
        place -= 1
    if place >= 0 and tokens[place].word in doctypes_by_noun() and not tokens[place].is_masked:
        noun = tokens[place].word
    if not noun and reading.language == "en":
        noun, place = _noun_after(tokens, last), last
    quoted = any(begin <= tokens[first].start < end for begin, end in reading.quoted)
    code = tokens[first].is_code
    capital = tokens[first].is_capital and first > 0 and not shouted
    sure = bool(quoted or code or capital or noun)
    return Name(first, last, words, noun, preposition, is_sure=sure, is_code=code, noun_place=place if noun else None)
