"""From what a person typed to one document of the ERP: the one that fits, or a choice to tap, never a guess."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from executor_service.erp.protocol import Erp, Match
from executor_service.erp.titles import with_titles
from executor_service.registry.parameters import Parameter
from executor_service.registry.semantic import Link
from shared.contracts.base import Json, Language
from shared.contracts.messages import Option
from shared.contracts.results import Choice
from shared.errors import NoMatch
from shared.language.folding import fold
from shared.texts import Texts

MAX_OPTIONS = 10
SEARCHED = 20
MAX_PIECES = 6
LONG_WORD = 4
NEAR = 80
"""Least WRatio score (0 to 100) at which a misspelt name is offered."""
SURE = 92
"""Score from which one misspelt name is taken without asking, if it leads the next by `LEAD`."""
LEAD = 10


@dataclass(frozen=True)
class NameChoice:
    """A question which document was meant, and the document behind each option id."""

    choice: Choice
    documents: Mapping[str, Json]


class Names:
    """Finds the document that a typed name means."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def find(self, erp: Erp, parameter: Parameter, text: str, language: Language) -> Link | NameChoice:
        """The one document called so, or a choice of those that fit; raises NoMatch when none does."""
        doctype = parameter.doctype
        found = _found(erp, doctype, text)
        exact = [one for one in found if fold(text) in (fold(one.name), fold(one.title))]
        if len(exact) == 1 or len(found) == 1:
            return Link(doctype, (exact or found)[0].name)
        if found:
            return self._choice(parameter, text, found, language)
        near = _near(text, _sharing_words(erp, doctype, text))
        if not near:
            raise NoMatch(f"no {doctype} is called {text!r}", text=text, doctype=doctype)
        if near[0][1] >= SURE and (len(near) == 1 or near[0][1] - near[1][1] >= LEAD):
            return Link(doctype, near[0][0].name)
        return self._choice(parameter, text, [match for match, _score in near], language)

    def _choice(self, parameter: Parameter, text: str, found: Sequence[Match], language: Language) -> NameChoice:
        shown = found[:MAX_OPTIONS]
        options = tuple(
            Option(id=str(place), title=one.title or one.name, description=_description(one))
            for place, one in enumerate(shown, start=1)
        )
        key = "which_one" if len(shown) > 1 else "is_it_this_one"
        question = self._texts.say(language, key, text=text)
        return NameChoice(
            choice=Choice(question=question, options=options, parameter=parameter.name),
            documents={
                str(place): Link(parameter.doctype, one.name).to_json() for place, one in enumerate(shown, start=1)
            },
        )


def _found(erp: Erp, doctype: str, text: str) -> list[Match]:
    """What the ERP finds; the names are asked for only where one of several must be told from the others."""
    found = erp.search(doctype, text, limit=SEARCHED)
    return with_titles(erp, doctype, found) if len(found) > 1 else found


def _sharing_words(erp: Erp, doctype: str, text: str) -> list[Match]:
    """Documents that share a word, or the beginning or end of one, with the text: "cimento" ends like "cemento"."""
    long = [word for word in text.split() if len(word) >= LONG_WORD]
    ends = (word[-LONG_WORD:] for word in long if len(word) > LONG_WORD + 1)
    pieces = dict.fromkeys([*long, *(word[:LONG_WORD] for word in long), *ends])
    found = {one.name: one for piece in list(pieces)[:MAX_PIECES] for one in erp.search(doctype, piece, limit=SEARCHED)}
    return with_titles(erp, doctype, list(found.values()))


def _near(text: str, found: Sequence[Match]) -> list[tuple[Match, float]]:
    names = {place: fold(one.title or one.name) for place, one in enumerate(found)}
    best = process.extract(fold(text), names, scorer=_likeness, score_cutoff=NEAR, limit=MAX_OPTIONS)
    return [(found[place], score) for _name, score, place in best]


def _likeness(one: Sequence[Hashable], other: Sequence[Hashable], /, *, score_cutoff: float | None = None) -> float:
    """How much alike they are; a single word is also compared with each word of the name, though never as sure."""
    said, name = str(one), str(other)
    whole = float(fuzz.WRatio(said, name, score_cutoff=score_cutoff))
    if " " in said:
        return whole
    return max((whole, *(min(SURE - 1.0, fuzz.ratio(said, word)) for word in name.split())))


def _description(match: Match) -> str:
    return match.name if match.title and match.title != match.name else match.description
