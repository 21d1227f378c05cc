"""What to do with a message: call one tool, offer a few, or say that it is out of scope."""

from __future__ import annotations

from interpreter_service.offline.candidates import Candidate, rank_candidates
from interpreter_service.offline.follow_up import follow_up, is_about_looks, is_marked
from interpreter_service.offline.general import general_question, vague_question
from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.lexicon import link_cues, words_like
from interpreter_service.offline.lines import order_candidates
from interpreter_service.offline.model import CallTool, Clarify, Decision, LastCall, Option, OutOfScope, Why
from interpreter_service.offline.names import Names, find_names
from interpreter_service.offline.reading import Reading, read
from interpreter_service.offline.siblings import box_of
from interpreter_service.offline.transforms import result_parameter, transform
from shared.contracts.base import Language

ACT_SCORE = 0.45
"""How near the best tool must be to be called without asking (a tool that writes: `WRITE_SCORE`)."""
WRITE_SCORE = 0.6
LONE_SCORE = 0.3
"""How near a tool that reads must be where it is much nearer than any other."""
LONE_FACTOR = 1.5
"""How much nearer."""
ACT_MARGIN = 0.08
"""How far the second must be behind the best."""
ASK_SCORE = 0.3
"""How near a tool must be to be offered."""
MAX_OPTIONS = 3


def decide(index: ToolIndex, text: str, language: Language | None, last: LastCall | None = None) -> Decision:
    """The call a message asks for, in any text; `last` is what a short message may change ("¿y el mes anterior?")."""
    ordered = order_candidates(index, text, language)
    reading = read(text, language)
    if ordered:
        return _unless_negated(_choose(index, ordered), reading, ordered)
    names = find_names(reading, index.vocabulary)
    ranked = rank_candidates(index, reading, names)
    candidates = [one for one in ranked if not result_parameter(one.tool)]
    asked = _example(index, text, candidates)
    if asked is not None and asked.tool.effect != "read":
        return asked  # what is said to do something is no change of the last question
    if last is not None:
        changed = _transformed_or_changed(index, reading, names, last, ranked, candidates)
        if changed is not None:
            return changed
    known = candidates if _says_anything(index, reading, names) else []
    decided = general_question(index, reading, names, candidates) or _choose(index, known)
    chosen = _unless_negated(decided, reading, candidates)
    if isinstance(chosen, CallTool):
        return chosen
    return asked or (vague_question(index, reading, names) if isinstance(chosen, OutOfScope) else None) or chosen


def _says_anything(index: ToolIndex, reading: Reading, names: Names) -> bool:
    """Whether there is a word of ours, a code or a quoted name: "zxqw pltk" is neither a question nor a name."""
    return (
        any(name.is_sure or name.is_code for name in names.names)
        or bool(names.spelling or names.pointed or reading.periods or reading.amounts)
        or any(index.vocabulary.knows(token.word) for token in reading.tokens)
    )


def _transformed_or_changed(
    index: ToolIndex,
    reading: Reading,
    names: Names,
    last: LastCall,
    ranked: list[Candidate],
    candidates: list[Candidate],
) -> Decision | None:
    """The last call changed, or its result in another form; looks alone ("in Excel") rather transform."""
    transforming = [] if _asks_what_is(reading, names) else _rank_transforming(index, reading, ranked)
    transformed = transform(transforming, last)
    if transformed is not None and is_about_looks(reading):
        return transformed
    changed = follow_up(index, reading, names, last, candidates)
    if changed is not None and transformed is not None:
        return transformed if _leaves_it_open(index, changed, last) or _is_nearer(transformed, changed) else changed
    if changed is not None or transformed is None:
        return changed
    best = max((one.score for one in candidates if one.says_all), default=0.0)
    return transformed if transformed.score > best else None


def _asks_what_is(reading: Reading, names: Names) -> bool:
    """Whether a thing is asked about that may be none of ours: "which is the warranty of the drill" filters no list."""
    doubtful = [name for name in names.names if not name.is_sure]
    begins = {token.word for token in reading.tokens[:2]}
    return bool(doubtful and begins & words_like("whats")) and not is_marked(reading)


def _is_nearer(transformed: CallTool, changed: Decision) -> bool:
    """Whether another form of what is shown is nearer than a write: "just the ones under 500" approves no document."""
    return isinstance(changed, CallTool) and changed.tool.effect != "read" and transformed.score > changed.score


def _rank_transforming(index: ToolIndex, reading: Reading, ranked: list[Candidate]) -> list[Candidate]:
    """The tools for another form, read with the words that they know; those of `ranked` where all are such."""
    box = index.transforming
    return ranked if box is None else rank_candidates(box, reading, find_names(reading, box.vocabulary))


def _leaves_it_open(index: ToolIndex, changed: Decision, last: LastCall) -> bool:
    """Whether a change of the question is doubtful, or only asks for fewer rows than the whole that is there."""
    if not isinstance(changed, CallTool):
        return True
    tool = index.find(last.tool)
    tops = {slot.name for slot in tool.slots if slot.kind == "top"} if tool else set()
    is_same = changed.tool.name == last.tool and not last.is_cut
    return is_same and {name for name, value in changed.arguments.items() if last.arguments.get(name) != value} <= tops


def _unless_negated(chosen: Decision, reading: Reading, candidates: list[Candidate]) -> Decision:
    """A question instead of a write where something is denied: "no la apruebes"."""
    is_write = isinstance(chosen, CallTool) and chosen.tool.effect != "read"
    if is_write and words_like("negations") & set(reading.words):
        return Clarify((_option(candidates[0], "near"),))
    return chosen


def _example(index: ToolIndex, text: str, candidates: list[Candidate]) -> CallTool | None:
    """The tool for which this very text is an example: its author's word counts more than any likeness."""
    tool = index.find_example(text)
    if tool is None or result_parameter(tool) or any(slot.required for slot in tool.slots):
        return None
    filled = next((part.filled.arguments for part in candidates if part.tool is tool), {})
    return CallTool(tool.spec, filled, 1.0)


def _choose(index: ToolIndex, candidates: list[Candidate]) -> Decision:
    if not candidates or candidates[0].score < ASK_SCORE:
        return OutOfScope(candidates[0].score if candidates else 0.0)
    best = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else 0.0
    near_enough = _is_near_enough(best, second)
    if near_enough and best.score - second >= ACT_MARGIN and best.says_all:
        if best.filled.missing:
            return Clarify((_option(best, "missing"),))
        if best.filled.rival is not None:
            return Clarify((_option(best, "close"), Option(best.tool.spec, best.filled.rival, "close")))
        others = _about_items(index, best) if best.is_doubtful else ()
        if others:
            return Clarify((_option(best, "close"), *others))
        return CallTool(best.tool.spec, best.filled.arguments, min(1.0, best.score))
    offered = [part for part in candidates if part.score >= max(ASK_SCORE * 0.8, best.score * 0.6)][:MAX_OPTIONS]
    return Clarify(tuple(_option(part, "close" if near_enough else "near") for part in offered))


def _is_near_enough(best: Candidate, second: float) -> bool:
    if best.tool.spec.effect != "read":
        return best.score >= WRITE_SCORE
    is_alone = best.is_grounded and best.score >= LONE_FACTOR * second
    return best.score >= ACT_SCORE or (best.score >= LONE_SCORE and is_alone)


def _about_items(index: ToolIndex, best: Candidate) -> tuple[Option, ...]:
    """The tool of the same box that is about items, for a name that may be one."""
    item = link_cues("Item").concept
    found = [tool for tool in index.tools if box_of(tool) == box_of(best.tool) and item in tool.core & tool.title]
    shared = [{slot.name for slot in tool.slots if slot.kind in {"period", "top"}} for tool in found]
    return tuple(
        Option(tool.spec, {name: value for name, value in best.filled.arguments.items() if name in names}, "close")
        for tool, names in zip(found[: MAX_OPTIONS - 1], shared, strict=False)
    )


def _option(candidate: Candidate, why: Why) -> Option:
    return Option(candidate.tool.spec, candidate.filled.arguments, why, candidate.filled.missing)
