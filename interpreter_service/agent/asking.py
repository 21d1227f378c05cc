"""The question that a model may ask: one sentence with a few options to tap, each the person's next words. Pure."""

from __future__ import annotations

import json

from interpreter_service.nouns import OFFER_PREFIX, Offer
from interpreter_service.offering import shortened
from shared.contracts.base import Json
from shared.contracts.messages import ChoicesPart, Option

ASK = "ask_person"
MOST_OPTIONS = 3
LONGEST_QUESTION_CHARS = 600
LONGEST_OPTION_CHARS = 200
TOOL: Json = {
    "type": "function",
    "function": {
        "name": ASK,
        "description": (
            "Ask the person one short question, only when what they want is unclear and the conversation does not say. "
            "Each option is a whole request in the person's own words, to be tapped."
        ),
        "parameters": {
            "type": "object",
            "properties": {
                "question": {"type": "string", "description": "One sentence in the person's language."},
                "options": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "Two or three whole requests, e.g. 'ventas por cliente de octubre'.",
                },
            },
            "required": ["question", "options"],
        },
    },
}


def question_in(arguments: str) -> tuple[str, tuple[str, ...]] | None:
    """The question and its options; None for arguments that are none."""
    try:
        body = json.loads(arguments)
        question, options = body["question"], body["options"]
    except (ValueError, LookupError, TypeError):
        return None
    if not isinstance(question, str) or not question.strip() or not isinstance(options, list):
        return None
    said = [one.strip()[:LONGEST_OPTION_CHARS] for one in options if isinstance(one, str) and one.strip()]
    distinct = tuple(dict.fromkeys(said))[:MOST_OPTIONS]
    return (question.strip()[:LONGEST_QUESTION_CHARS], distinct) if distinct else None


def asked(turn_id: str, question: str, options: tuple[str, ...], button: str) -> tuple[ChoicesPart, tuple[Offer, ...]]:
    """What is shown, and what is kept for the tap: an offer without a tool stands for words that are planned anew."""
    titles = [shortened(option) for option in options]
    distinct = titles if len(set(titles)) == len(titles) else list(options)
    offers = tuple(
        Offer(id=f"{OFFER_PREFIX}{turn_id}:{place}", title=title, tool="", arguments={}, said=option)
        for place, (title, option) in enumerate(zip(distinct, options, strict=True), start=1)
    )
    shown = tuple(
        Option(id=offer.id, title=offer.title, description="" if offer.title == offer.said else offer.said)
        for offer in offers
    )
    return ChoicesPart(text=question, options=shown, button=button), offers
