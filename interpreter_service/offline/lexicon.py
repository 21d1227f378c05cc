"""The words of business: concepts that many words share, words that mean little, and what comes before names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class LinkCues:
    """What people say before a name of one doctype: nouns ("cliente"), weaker prepositions, and its concept."""

    nouns: frozenset[str]
    prepositions: frozenset[str]
    concept: str


def concepts_in(words: Sequence[str]) -> list[tuple[str, int, int]]:
    """The concepts these folded words name, as (concept, first word, word after the last); the longest phrase wins."""
    found: list[tuple[str, int, int]] = []
    place = 0
    while place < len(words):
        longest = _longest_from().get(words[place], 1)
        for length in range(min(longest, len(words) - place), 0, -1):
            phrase = words[place] if length == 1 else " ".join(words[place : place + length])
            concepts = _phrases().get(phrase) or (_by_beginning(phrase) if length == 1 else ())
            if concepts:
                found.extend((concept, place, place + length) for concept in concepts)
                place += length - 1
                break
        place += 1
    return found


def concepts_of(words: Iterable[str]) -> frozenset[str]:
    """The concepts in these folded words, read across the gaps where slots stood ("cuántos ... tenemos")."""
    return frozenset(concept for concept, _, _ in concepts_in([word for word in words if word]))


@lru_cache(maxsize=20_000)
def concepts_of_phrase(phrase: str) -> frozenset[str]:
    """The concepts in a short folded phrase, remembered: tools say the same ones for their choices."""
    return concepts_of(phrase.split())


@cache
def concept_words() -> frozenset[str]:
    """Every single word that some concept is made of."""
    return frozenset(word for phrase in _phrases() for word in phrase.split())


@cache
def words_like(kind: str) -> frozenset[str]:
    """One list of little words by its name in the data: "polite", "small", "linkers", "steps" and so on."""
    return frozenset(_load("stop_words")[kind].split())


@cache
def stop_words() -> frozenset[str]:
    """Words that say little about which tool is meant."""
    return words_like("polite") | words_like("small")


@cache
def link_cues(doctype: str) -> LinkCues:
    """What comes before names of this doctype; only its own name for one that is not in the data."""
    body = _load("link_cues").get(doctype, {"nouns": [doctype.casefold()], "prepositions": [], "concept": ""})
    return LinkCues(frozenset(body["nouns"]), frozenset(body["prepositions"]), body["concept"])


@cache
def doctypes_by_noun() -> dict[str, str]:
    """Which doctype a noun before a name announces."""
    return {noun: doctype for doctype, body in _load("link_cues").items() for noun in body["nouns"]}


@cache
def link_concepts() -> frozenset[str]:
    """The concepts of what names belong to: customers, items, warehouses."""
    return frozenset(body["concept"] for body in _load("link_cues").values())


@cache
def dimensions() -> frozenset[str]:
    """Concepts that say how to cut or show a report, not which one."""
    return words_like("dimensions")


def side_of(values: Iterable[str]) -> str:
    """Whether these values (kinds of documents) are dealt with by customers or by suppliers; "" for neither or both."""
    sides = {doctype for doctype, documents in _load("sides").items() if not set(values).isdisjoint(documents)}
    return sides.pop() if len(sides) == 1 else ""


def begins_concept(word: str) -> bool:
    """Whether the word's beginning already names a concept: "vendeu"."""
    return bool(_by_beginning(word))


@lru_cache(maxsize=20_000)
def _by_beginning(word: str) -> tuple[str, ...]:
    for length in range(len(word), 2, -1):
        concepts = _beginnings().get(word[:length])
        if concepts:
            return concepts
    return ()


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    return _inverted(starred=False)


@cache
def _longest_from() -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in _phrases():
        first, *rest = phrase.split()
        longest[first] = max(longest.get(first, 1), 1 + len(rest))
    return longest


@cache
def _beginnings() -> dict[str, tuple[str, ...]]:
    return _inverted(starred=True)


def _inverted(*, starred: bool) -> dict[str, tuple[str, ...]]:
    concepts: dict[str, list[str]] = {}
    for concept, phrases in _load("concepts").items():
        for phrase in dict.fromkeys(phrases):
            if phrase.endswith("*") == starred:
                concepts.setdefault(phrase.rstrip("*"), []).append(concept)
    return {phrase: tuple(names) for phrase, names in concepts.items()}


@cache
def _load(name: str) -> dict[str, Any]:
    text = (files("interpreter_service.offline.data") / f"{name}.json").read_text(encoding="utf-8")
    body: dict[str, Any] = json.loads(text)
    return body
