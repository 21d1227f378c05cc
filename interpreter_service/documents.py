"""When a message is a question for the company's own files: the planners' side of the knowledge base."""

from __future__ import annotations

from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.knowledge.terms import asked_words, words_of
from interpreter_service.nouns import Turn
from interpreter_service.toolbox import Toolbox, may_use
from shared.contracts.base import Json
from shared.contracts.knowledge import LONGEST_QUESTION_CHARS, KnowledgeQuery
from shared.contracts.turns import Profile

TOOL = "knowledge.search"
SURE_COVERAGE = 0.8
"""How much of a question the files must speak of to be asked before a report that it may mean."""
OPENERS = frozenset(["y", "e", "o", "u", "and", "or", "ou", "pero", "mas", "but"])
SHORT_WORDS = 6


class Documents:
    """Knows by their words alone what the files speak of: no model is asked, and nothing is waited for."""

    def __init__(self, knowledge: KnowledgeBase | None) -> None:
        self._knowledge = knowledge

    def asked(self, turn: Turn, text: str, profile: Profile, box: Toolbox, *, is_clear: bool = True) -> Json | None:
        """The arguments with which to search for the answer; None where the files have none.

        Where it `is_clear` that no other tool is meant, half of the question found is enough.
        """
        if self._knowledge is None or not self._may_search(profile, box):
            return None
        before = self._before(turn, text)
        least = 0.0 if is_clear else SURE_COVERAGE
        for context in dict.fromkeys((before, "")):
            found = self._knowledge.coverage(_query(text, context, profile))
            if found and found >= least:
                return {"question": text, **({"before": context} if context else {})}
        return None

    def speak_of(self, text: str, profile: Profile) -> bool:
        """Whether the files say anything on the subject."""
        return self._knowledge is not None and self._knowledge.coverage(_query(text, "", profile)) > 0

    def _may_search(self, profile: Profile, box: Toolbox) -> bool:
        tool = box.tools.get(TOOL)
        return tool is not None and may_use(tool, profile)

    def _before(self, turn: Turn, text: str) -> str:
        """The questions of the last turns that the files answered, for a short text that goes on from them."""
        if self._knowledge is None or not _goes_on(text):
            return ""
        turns = self._knowledge.settings().history_turns
        recent = turn.history[-turns:] if turns else ()
        asked = [str(call.arguments.get("question", "")) for past in recent for call in past.calls if call.tool == TOOL]
        return " ".join(asked)[-LONGEST_QUESTION_CHARS:]


def _goes_on(text: str) -> bool:
    """Whether a text may say too little alone: "¿y la del esmeril?", "and for returns?"."""
    words = words_of(text)
    return bool(words) and len(words) <= SHORT_WORDS and (words[0] in OPENERS or len(asked_words(text)) < 2)


def _query(text: str, context: str, profile: Profile) -> KnowledgeQuery:
    return KnowledgeQuery(question=text[:LONGEST_QUESTION_CHARS], context=context, groups=profile.groups)
