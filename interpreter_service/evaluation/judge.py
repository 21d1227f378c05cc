"""What is thought of a reaction to a case. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from interpreter_service.evaluation.arguments import same_arguments
from interpreter_service.evaluation.cases import Case, Wanted
from shared.contracts.base import Json
from shared.contracts.tools import ToolSpec

Verdict = Literal["right", "wrong", "asked", "refused"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "asked", "refused")
ASKED, REFUSED = "(asks)", "(refuses)"


@dataclass(frozen=True)
class MadeCall:
    """A call that was carried out, or that waits for an approval."""

    tool: str
    arguments: Json


@dataclass(frozen=True)
class Reaction:
    """What one turn did: the calls it made, or a question with the tools behind its options."""

    calls: tuple[MadeCall, ...] = ()
    is_question: bool = False
    offered: tuple[str, ...] = ()
    approved_itself: bool = False
    """Whether the turn answered an approval that nobody had answered."""

    @property
    def label(self) -> str:
        """What it is called in the list of confusions."""
        return " + ".join(call.tool for call in self.calls) or (ASKED if self.is_question else REFUSED)


def judge(case: Case, reaction: Reaction, tools: Mapping[str, ToolSpec], today: date) -> Verdict:
    """`wrong` is a call nobody asked for, with a wrong argument too: both show a figure of something else."""
    wanted = [one for one in case.expected.calls if one.tool in tools]
    is_absent = bool(case.expected.calls) and not wanted
    if reaction.calls:
        fits = all(any(_fits(case, call, one, tools, today) for one in wanted) for call in reaction.calls)
        return "right" if fits else "wrong"
    if reaction.is_question:
        return "right" if is_absent or case.expected.may_ask or _is_good_question(case, reaction) else "asked"
    return "right" if is_absent or case.expected.refuse else "refused"


def expectation(case: Case, tools: Mapping[str, ToolSpec]) -> str:
    """What was expected, for the list of confusions."""
    wanted = [one.tool for one in case.expected.calls if one.tool in tools]
    return wanted[0] if wanted else ASKED if case.expected.clarify else REFUSED


def _fits(case: Case, call: MadeCall, wanted: Wanted, tools: Mapping[str, ToolSpec], today: date) -> bool:
    if call.tool != wanted.tool or call.tool in case.context.not_permitted:
        return False
    if wanted.arguments is None:
        return True
    return same_arguments(tools[call.tool], call.arguments, wanted.arguments, case.language, today)


def _is_good_question(case: Case, reaction: Reaction) -> bool:
    if not case.expected.clarify:
        return False
    return not case.expected.offered or bool(set(case.expected.offered) & set(reaction.offered))
