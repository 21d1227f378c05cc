"""What a model may do only after a tap once it has read text from outside: a schedule made, an alert ended. Pure.

Writes need no such question, as each has its own card.
"""

from __future__ import annotations

from interpreter_service.nouns import OFFER_PREFIX, Offer, Turn
from interpreter_service.offering import full_name
from interpreter_service.offline.model import Option as Meant
from interpreter_service.speech import Speech
from shared.contracts.base import Json
from shared.contracts.messages import ChoicesPart, Option
from shared.contracts.tools import ToolSpec


def confirming(turn: Turn, tool: ToolSpec, arguments: Json, speech: Speech) -> tuple[ChoicesPart, Offer]:
    """The question that names the call with all its arguments, and the offer behind its button."""
    named = full_name(Meant(tool, arguments, "close"), turn.language)
    title = speech.say(turn.language, "confirm.yes").text
    offer = Offer(id=f"{OFFER_PREFIX}{turn.id}:1", title=title, tool=tool.name, arguments=arguments, said="")
    text = speech.say(turn.language, "confirm.question", what=named).text
    return ChoicesPart(text=text, options=(Option(id=offer.id, title=title),)), offer
