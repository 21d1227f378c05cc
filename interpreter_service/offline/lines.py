"""Orders in one message: the goods are read apart, so that their names and numbers are nobody else's."""

from __future__ import annotations

from dataclasses import replace

from interpreter_service.offline.candidates import Candidate, rank_candidates
from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.names import find_names
from interpreter_service.offline.reading import read
from shared.contracts.base import Language
from shared.language.item_lines import LinesMatch, find_lines

_TO_MAKE: dict[Language, str] = {"es": "crea", "pt": "cria", "en": "create"}
"""What somebody means who only names a paper and goods: "cotización para Rojas de 10 sacos de cemento"."""
_WHOLE = 1.25
"""What becomes of the score of a tool that lacks nothing more once it has its goods: nothing else could be meant."""


def order_candidates(index: ToolIndex, text: str, language: Language | None) -> list[Candidate]:
    """The candidates for the message without its goods, when the best one takes goods; none for any other message."""
    if not any(slot.kind == "lines" for tool in index.tools for slot in tool.slots):
        return []
    said = find_lines(text, language)
    if said is None:
        return []
    plain = _ranked(index, said.rest, said, language)
    if _takes_goods(plain):
        return plain
    made = _ranked(index, f"{_TO_MAKE[language or 'es']} {said.rest}", said, language)
    return made if _takes_goods(made) and not made[0].filled.missing else []


def _ranked(index: ToolIndex, text: str, said: LinesMatch, language: Language | None) -> list[Candidate]:
    reading = read(text, language)
    ranked = rank_candidates(index, reading, find_names(reading, index.vocabulary))
    return sorted((_with_goods(one, said.words) for one in ranked), key=lambda one: -one.score)


def _takes_goods(candidates: list[Candidate]) -> bool:
    return bool(candidates) and any(slot.kind == "lines" for slot in candidates[0].tool.slots)


def _with_goods(candidate: Candidate, words: str) -> Candidate:
    slot = next((one for one in candidate.tool.slots if one.kind == "lines"), None)
    if slot is None:
        return candidate
    missing = tuple(name for name in candidate.filled.missing if name != slot.name)
    given = replace(candidate.filled, arguments={**candidate.filled.arguments, slot.name: words}, missing=missing)
    return replace(candidate, filled=given, score=candidate.score * (1.0 if missing else _WHOLE))
