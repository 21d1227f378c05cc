"""The interpreter that needs no model: one call, one question with buttons, or one helpful sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from interpreter_service.calls import Calls
from interpreter_service.documents import TOOL as DOCUMENTS
from interpreter_service.documents import Documents
from interpreter_service.limits import Limits
from interpreter_service.looking_up import differ_by_a_name, looked_up, shows_nothing
from interpreter_service.nouns import OFFER_PREFIX, Answer, Offer, Turn
from interpreter_service.offering import names_of
from interpreter_service.offline.decide import decide
from interpreter_service.offline.lexicon import words_like
from interpreter_service.offline.model import CallTool, Clarify, Decision, LastCall, OutOfScope
from interpreter_service.offline.model import Option as Meant
from interpreter_service.offline.transforms import result_parameter
from interpreter_service.offline.wishes import find_wish, planned
from interpreter_service.outcomes import Outcome, Refused, Running
from interpreter_service.speech import Speech, awaited
from interpreter_service.toolbox import Toolbox, Tools, may_use
from shared.contracts.base import Json, Language
from shared.contracts.messages import ChoicesPart, Option
from shared.contracts.turns import Profile
from shared.language.folding import fold

OFFLINE = "offline"
_WORD = re.compile(r"\w+")


class OfflinePlanner:
    """Plans a text by matching it with what the tools say people ask."""

    def __init__(
        self, calls: Calls, tools: Tools, speech: Speech, limits: Limits, documents: Documents | None = None
    ) -> None:
        self._calls = calls
        self._tools = tools
        self._speech = speech
        self._limits = limits
        self._documents = documents or Documents(None)

    def plan(self, turn: Turn, text: str, profile: Profile, *, unfinished: Offer | None = None) -> Answer:
        """`unfinished` is a call that lacked an argument when the turn before ended; the text may be what it lacks."""
        if declines(text):
            return Answer(route=OFFLINE, parts=(self._speech.say(turn.language, "declined"),))
        box = self._tools.now()
        wished = _wished(box, text, turn.language)
        if wished is not None:
            return self.call(turn, *wished, route=OFFLINE)
        last = _last_call(turn, box)
        decision = decide(box.index, text, turn.language, last)
        if unfinished is not None and not isinstance(decision, CallTool):
            decision = _finished(box, unfinished, text, turn.language) or decision
        in_documents = self._in_documents(turn, text, profile, box, decision)
        if in_documents is not None:
            return self.call(turn, DOCUMENTS, in_documents, route=OFFLINE)
        match decision:
            case CallTool() as call:
                return self._called(turn, text, call, box, last, profile)
            case Clarify(options=options):
                answer = self._looked_up(turn, text, options, profile)
                return answer or self._clarify(turn, text, options, profile) or self._out_of_scope(turn, box, profile)
            case OutOfScope():
                return self._out_of_scope(turn, box, profile)

    def _called(
        self, turn: Turn, text: str, call: CallTool, box: Toolbox, last: LastCall | None, profile: Profile
    ) -> Answer:
        """What the call comes to; where the last result has nothing of what was said, the question asked anew."""
        outcome = self._calls.make(turn, f"{OFFLINE}.1", call.tool.name, dict(call.arguments))
        if call.tool.takes_result and last is not None and shows_nothing(outcome):
            return self._asked_anew(turn, text, box, last, profile) or self.answer(turn, outcome, route=OFFLINE)
        return self.answer(turn, outcome, route=OFFLINE)

    def _asked_anew(self, turn: Turn, text: str, box: Toolbox, last: LastCall, profile: Profile) -> Answer | None:
        """The last question changed by what was said, asked of the ERP; None where that is unclear."""
        decision = decide(box.index, text, turn.language, replace(last, result=""))
        if isinstance(decision, Clarify):
            return self._looked_up(turn, text, decision.options, profile)
        if not isinstance(decision, CallTool) or decision.tool.effect != "read":
            return None
        outcome = self._calls.make(turn, f"{OFFLINE}.2", decision.tool.name, dict(decision.arguments))
        return self.answer(turn, outcome, route=OFFLINE)

    def _looked_up(self, turn: Turn, text: str, options: Sequence[Meant], profile: Profile) -> Answer | None:
        """What the one option comes to whose name the ERP has, or a question which of several; None where none."""
        usable = [one for one in options if may_use(one.tool, profile)][: self._limits.options_offered]
        found = looked_up(self._calls, turn, usable) if differ_by_a_name(usable) else []
        if len(found) == 1:
            return self.answer(turn, found[0][1], route=OFFLINE)
        return self._clarify(turn, text, [option for option, _ in found], profile) if found else None

    def call(self, turn: Turn, tool: str, arguments: Json, *, route: str) -> Answer:
        """One call and what it came to."""
        return self.answer(turn, self._calls.make(turn, f"{route}.1", tool, arguments), route=route)

    def answer(self, turn: Turn, outcome: Outcome, *, route: str) -> Answer:
        """What is said of one outcome."""
        if isinstance(outcome, Refused):
            tool = self._tools.now().tools.get(outcome.tool)
            return Answer(route=route, parts=self._speech.parts(outcome, turn.language, tool))
        return Answer(
            route=route,
            parts=self._speech.parts(outcome, turn.language),
            rows=outcome.rows,
            pending=(outcome.task.id,) if isinstance(outcome, Running) else (),
            awaiting=awaited(outcome),
            calls=(outcome.past,),
        )

    def _in_documents(self, turn: Turn, text: str, profile: Profile, box: Toolbox, decision: Decision) -> Json | None:
        """The search that answers a text for which no other tool is clearly meant."""
        if isinstance(decision, CallTool) and decision.tool.name != DOCUMENTS:
            return None
        return self._documents.asked(turn, text, profile, box, is_clear=not isinstance(decision, Clarify))

    def _clarify(self, turn: Turn, text: str, options: Sequence[Meant], profile: Profile) -> Answer | None:
        """One question with buttons; for one tool that lacks an argument, how to say it."""
        usable = [one for one in options if may_use(one.tool, profile)]
        if not usable:
            return None
        usable = usable[: self._limits.options_offered]
        names = names_of(usable, turn.language)
        offers = _offers(turn, text, usable, [title for title, _ in names])
        if len(usable) == 1 and usable[0].missing:
            lacking = self._speech.missing(usable[0].tool, turn.language)
            return Answer(route=OFFLINE, parts=(lacking,), awaiting="question", offers=offers)
        question = ChoicesPart(
            text=self._speech.say(turn.language, "clarify" if len(usable) > 1 else "clarify_one").text,
            options=tuple(
                Option(id=offer.id, title=offer.title, description=description)
                for offer, (_, description) in zip(offers, names, strict=True)
            ),
            button=self._speech.say(turn.language, "choices.button").text,
        )
        return Answer(route=OFFLINE, parts=(question,), awaiting="question", offers=offers)

    def _out_of_scope(self, turn: Turn, box: Toolbox, profile: Profile) -> Answer:
        usable = [tool for tool in box.tools.values() if may_use(tool, profile)]
        said = self._speech.out_of_scope(turn.language, usable, turn.id)
        return Answer(route=OFFLINE, parts=(said,), abstains=True)


def declines(text: str) -> bool:
    """Whether a message only says no: "mejor no", "none of these"."""
    words = set(_WORD.findall(fold(text)))
    return bool(words & words_like("declines")) and words <= words_like("declines") | words_like("softeners")


def _offers(turn: Turn, text: str, meant: Sequence[Meant], titles: Sequence[str]) -> tuple[Offer, ...]:
    return tuple(
        Offer(
            id=f"{OFFER_PREFIX}{turn.id}:{number}",
            title=title,
            tool=one.tool.name,
            arguments=dict(one.arguments),
            said=text,
        )
        for number, (one, title) in enumerate(zip(meant, titles, strict=True), start=1)
    )


def _wished(box: Toolbox, text: str, language: Language) -> tuple[str, Json] | None:
    """The tool and arguments of a wish to be sent something again and again, where it is clear what."""
    wish = find_wish(text, language)
    if wish is None or wish.tool not in box.tools:
        return None
    called = planned(wish, lambda what: decide(box.index, what, language))
    if called is None:
        return None
    return wish.tool, {**wish.arguments, "call": {"tool": called.tool.name, "arguments": dict(called.arguments)}}


def _finished(box: Toolbox, unfinished: Offer, text: str, language: Language) -> CallTool | None:
    """The unfinished call with what was said then and now together, if that makes it whole."""
    decision = decide(box.index, f"{unfinished.said} {text}", language)
    return decision if isinstance(decision, CallTool) and decision.tool.name == unfinished.tool else None


def _last_call(turn: Turn, box: Toolbox) -> LastCall | None:
    """The newest call that made a result of its own, which a follow-up changes, with the newest table there is."""
    calls = [call for past in reversed(turn.history) for call in reversed(past.calls)]
    made = [call for call in calls if (tool := box.index.find(call.tool)) and not result_parameter(tool)]
    past = next(iter(made or calls), None)
    if past is None:
        return None
    table = next((call for call in calls if call.columns), past)
    return LastCall(tool=past.tool, arguments=past.arguments, result=table.task_id, is_cut="top" in table.arguments)
