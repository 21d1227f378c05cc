"""The stretches of a message that name something: unknown words, capitals, codes, quotations."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter_service.offline.lexicon import (
    concepts_in,
    concepts_of,
    doctypes_by_noun,
    link_cues,
    stop_words,
    words_like,
)
from interpreter_service.offline.reading import Reading, Token
from interpreter_service.offline.vocabulary import MAX_CORRECTIONS, Vocabulary
from shared.contracts.base import Language
from shared.language.folding import fold

ARTICLES = frozenset({"el", "la", "los", "las", "o", "a", "os", "as", "the", "lo"})


_LONGEST_NAMED_AFTER_ARTICLE = 7


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name something, `tokens[first:last]` of the reading, and what was said before them.

    `noun` is the word that announces its kind ("cliente") and `noun_place` where it is, `preposition` the nearest
    little word; `is_sure` where it was quoted, written with a capital, a code, or announced; `is_seller` where who is
    named sells ("cuánto vendió Ana"), and so is no customer.
    """

    first: int
    last: int
    words: str
    noun: str = ""
    preposition: str = ""
    is_sure: bool = False
    is_code: bool = False
    noun_place: int | None = None
    is_seller: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a message and the corrected spelling of its other words, by position.

    `pointed` are the places of nouns that stand for a name that is not said: "this customer", "en la tienda".
    """

    names: tuple[Name, ...]
    spelling: dict[int, str]
    pointed: frozenset[int] = frozenset()


def find_names(reading: Reading, vocabulary: Vocabulary) -> Names:
    """What is named in the message, in order; misspelt known words are corrected, not taken for names."""
    tokens = reading.tokens
    shouted = sum(token.is_capital for token in tokens) > max(2, len(tokens) * 0.7)
    spelling: dict[int, str] = {}
    phrased = _phrased(reading)
    seeds = [
        index not in phrased and _is_seed(index, token, vocabulary, shouted, spelling, reading)
        for index, token in enumerate(tokens)
    ]
    names: list[Name] = []
    index = 0
    while index < len(tokens):
        if not seeds[index]:
            index += 1
            continue
        last = _extend(index, tokens, seeds)
        name = _name(reading, index, last, shouted)
        if _is_name(name, tokens) or _leads_noun(name, reading, vocabulary):
            names.append(name)
        index = last
    return Names(tuple(names), spelling, _pointed(tokens, names))


def _phrased(reading: Reading) -> frozenset[int]:
    """The places of words that mean something only together, and so are no names: "P&L"."""
    found = ((first, last) for _, first, last in concepts_in(reading.words) if last - first > 1)
    whole = (span for span in found if all(len(reading.words[place]) == 1 for place in range(*span)))
    return frozenset(place for span in whole for place in range(*span))


def _pointed(tokens: tuple[Token, ...], names: list[Name]) -> frozenset[int]:
    named = {place for name in names for place in (*range(name.first, name.last), name.noun_place)}
    found = set()
    for place in range(1, len(tokens)):
        doctype = doctypes_by_noun().get(tokens[place].word)
        pointing = words_like("pointing" if doctype in words_like("places") else "demonstratives")
        is_one = doctype is not None and not tokens[place].word.endswith("s") and place not in named
        if is_one and tokens[place - 1].word in pointing and not tokens[place].is_masked:
            found.add(place)
    return frozenset(found)


def _is_seed(
    index: int, token: Token, vocabulary: Vocabulary, shouted: bool, spelling: dict[int, str], reading: Reading
) -> bool:
    if any(first <= token.start < last for first, last in reading.quoted):
        return True
    if token.is_masked or token.word.isdigit():
        return False
    if token.is_code:
        return True
    if _is_placed(index, reading.tokens):
        return True
    announces = doctypes_by_noun().get(token.word)
    if announces and announces not in words_like("places"):
        # "Cliente Rojas" is Rojas, but a place is called "Tienda Cusco", and a company may be "Grupo Cóndor"
        return announces == "Item Group" and not shouted and _is_company(index, reading.tokens)
    if token.word in words_like("also_names") and _may_be_named(index, reading.tokens):
        return True
    if vocabulary.knows(token.word):
        return token.is_capital and index > 0 and not shouted and _goes_on(index, reading.tokens, vocabulary)
    if not (token.is_capital and index > 0 and not shouted) and len(spelling) < MAX_CORRECTIONS:
        corrected = vocabulary.correct(token.word, may_replace=not _may_be_named(index, reading.tokens))
        if corrected:
            spelling[index] = corrected
            return False
    return True


def _is_company(index: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a word for a group begins what a company is called: written with a capital, and so is the next."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return index > 0 and tokens[index].is_capital and after is not None and after.is_capital and not after.is_masked


def _may_be_named(index: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a name may well stand here: after "de", "debe", "cliente"; after an article only a short one."""
    before = tokens[index - 1].word if index else ""
    if before in ARTICLES:
        return len(tokens[index].word) < _LONGEST_NAMED_AFTER_ARTICLE
    return before in words_like("prepositions") | words_like("owing") or before in doctypes_by_noun()


def _is_placed(index: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a known word is what a place is called: "en el almacén principal", "the main warehouse"."""
    if index < 1 or tokens[index].word in stop_words():
        return False
    if tokens[index - 1].word == "the" and index + 1 < len(tokens) and not concepts_of([tokens[index].word]):
        after = tokens[index + 1].word
        return doctypes_by_noun().get(after) in words_like("places") and not after.endswith("s")
    if index < 2:
        return False
    pointing, noun = tokens[index - 2].word, doctypes_by_noun().get(tokens[index - 1].word, "")
    is_one = noun in words_like("places") and not tokens[index - 1].word.endswith("s")
    return is_one and (pointing in words_like("pointing") or pointing in link_cues(noun).prepositions)


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
    if not name.is_sure and name.preposition in words_like("cutting"):
        return False  # "ventas por hora": what to cut by
    if name.is_sure or name.preposition or name.last - name.first > 1 or len(tokens) == 1:
        return True
    if name.first == 0:
        return False
    before = tokens[name.first - 1]
    if fold(name.words).endswith(tuple(words_like("verb_endings"))):
        # "cuánto debe los álamos": no verb of "we" follows an article
        return before.word in ARTICLES and fold(name.words).endswith(tuple(words_like("our_verb_endings")))
    if before.word in words_like("questions") or before.word in words_like("follow"):
        return True
    after = tokens[name.last] if name.last < len(tokens) else None
    leads_on = after is not None and not after.is_masked and after.word not in words_like("prepositions")
    return not leads_on and (before.is_masked or before.word not in stop_words())


def _leads_noun(name: Name, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether an English sentence begins with what its noun is of: "cement stock"; "weekly sales" says when."""
    word = fold(name.words)
    if reading.language != "en" or name.first > 0 or word in words_like("qualities"):
        return False
    after = reading.tokens[name.last] if name.last < len(reading.tokens) else None
    is_noun = after is not None and not after.is_masked and bool(concepts_of([after.word]))
    return is_noun and not word.endswith(("ly", *words_like("verb_endings")))


def _is_ending(token: Token) -> bool:
    return (
        token.word in words_like("endings")
        and not token.is_masked
        and (token.is_capital or token.word in {"sac", "srl", "eirl", "ltda"})
    )


def _name(reading: Reading, first: int, last: int, shouted: bool) -> Name:
    """The name with what is said around it; a noun may begin it too: "Tienda Cusco"."""
    tokens = reading.tokens
    preposition, place = _preposition(tokens, first)
    noun_place = _noun_place(tokens, place, last, reading.language)
    own_noun = (
        tokens[first].word
        if last - first > 1 and doctypes_by_noun().get(tokens[first].word) in words_like("places")
        else ""
    )
    beside = {token.word for token in (*tokens[last : last + 1], *(() if preposition else tokens[first - 1 : first]))}
    quoted = any(begin <= tokens[first].start < end for begin, end in reading.quoted)
    capital = tokens[first].is_capital and first > 0 and not shouted
    return Name(
        first,
        last,
        reading.text[tokens[first].start : tokens[last - 1].end],
        own_noun if noun_place is None else tokens[noun_place].word,
        preposition,
        is_sure=quoted or tokens[first].is_code or capital or bool(own_noun) or noun_place is not None,
        is_code=tokens[first].is_code,
        noun_place=noun_place,
        is_seller=not words_like("seller_verbs").isdisjoint(beside),
    )


def _preposition(tokens: tuple[Token, ...], first: int) -> tuple[str, int]:
    """The little word before a name, its article left out, and the place of the last word before both."""
    place = _before_articles(tokens, first - 1)
    preposition = ""
    if place >= 0 and tokens[place].word in words_like("prepositions"):
        preposition, place = tokens[place].word, place - 1
    elif place + 1 < first and tokens[place + 1].word == "a":
        preposition = "a"
    return preposition, _before_articles(tokens, place)


def _before_articles(tokens: tuple[Token, ...], place: int) -> int:
    while place >= 0 and tokens[place].word in ARTICLES and not tokens[place].is_masked:
        place -= 1
    return place


def _noun_place(tokens: tuple[Token, ...], before: int, after: int, language: Language) -> int | None:
    """Where it is said what is named: before the name, in English also behind it ("the Lima warehouse")."""
    if before >= 0 and tokens[before].word in doctypes_by_noun() and not tokens[before].is_masked:
        return before
    if language != "en" or after >= len(tokens) or tokens[after].is_masked:
        return None
    word = tokens[after].word
    return after if word in doctypes_by_noun() and not word.endswith("s") else None
