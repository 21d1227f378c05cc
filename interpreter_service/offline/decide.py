"""What to do with a message: call one tool, offer a few, or say that it is out of scope."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter_service.offline.follow_up import follow_up
from interpreter_service.offline.index import IndexedTool, ToolIndex
from interpreter_service.offline.model import CallTool, Clarify, Decision, LastCall, Option, OutOfScope, Why
from interpreter_service.offline.names import Names, find_names
from interpreter_service.offline.reading import Reading, read
from interpreter_service.offline.slot_filling import Filled, fill_slots
from shared.contracts.base import Language

ACT_SCORE = 0.45
"""How near the best tool must be to be called without asking (a tool that writes: `WRITE_SCORE`)."""
WRITE_SCORE = 0.6
ACT_MARGIN = 0.08
"""How far the second must be behind the best."""
ASK_SCORE = 0.3
"""How near a tool must be to be offered."""
MAX_OPTIONS = 3
_CONSIDERED_TOOLS = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tool with the arguments that the message gives it, and its score with them."""

    tool: IndexedTool
    filled: Filled
    score: float


def decide(index: ToolIndex, text: str, language: Language | None, last: LastCall | None = None) -> Decision:
    """The call a message asks for, in any text; `last` is what a short message may change ("¿y el mes anterior?")."""
    reading = read(text, language)
    names = find_names(reading, index.vocabulary)
    candidates = rank_candidates(index, reading, names)
    if last is not None:
        changed = follow_up(index, reading, names, last, [(part.tool, part.filled, part.score) for part in candidates])
        if changed is not None:
            return changed
    return _choose(candidates)


def rank_candidates(index: ToolIndex, reading: Reading, names: Names) -> list[Candidate]:
    """The nearest tools with their arguments, scored again by how much of what was said they have a place for."""
    ranked = index.rank(reading, names, _CONSIDERED_TOOLS)
    candidates = []
    for tool, score in ranked:
        filled = fill_slots(tool.slots, reading, names.names)
        candidates.append(Candidate(tool, filled, min(1.0, score * _fitness(tool, filled, reading))))
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _fitness(tool: IndexedTool, filled: Filled, reading: Reading) -> float:
    fitness = 1.0
    if filled.left_over:
        fitness *= 0.75
    if filled.unused_periods and not any(slot.kind == "period" for slot in tool.slots):
        fitness *= 0.9
    if any(amount.kind == "top" for amount in reading.amounts) and not any(slot.kind == "top" for slot in tool.slots):
        fitness *= 0.85
    if filled.missing:
        fitness *= 0.85
    if filled.chosen_words:
        fitness *= 1.06
    return fitness


def _choose(candidates: list[Candidate]) -> Decision:
    if not candidates or candidates[0].score < ASK_SCORE:
        return OutOfScope(candidates[0].score if candidates else 0.0)
    best = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else 0.0
    near_enough = best.score >= (ACT_SCORE if best.tool.spec.effect == "read" else WRITE_SCORE)
    if near_enough and best.score - second >= ACT_MARGIN:
        if best.filled.missing:
            return Clarify((_option(best, "missing"),))
        return CallTool(best.tool.spec, best.filled.arguments, best.score)
    offered = [part for part in candidates if part.score >= max(ASK_SCORE * 0.8, best.score * 0.6)][:MAX_OPTIONS]
    return Clarify(tuple(_option(part, "close" if near_enough else "near") for part in offered))


def _option(candidate: Candidate, why: Why) -> Option:
    return Option(candidate.tool.spec, candidate.filled.arguments, why, candidate.filled.missing)
