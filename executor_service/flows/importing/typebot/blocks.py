"""The one list of Typebot's kinds of blocks that we know, with what imports each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from executor_service.flows.importing.sketch import lead_all
from executor_service.flows.importing.typebot import (
    bubbles,
    choices,
    conditions,
    inputs,
    logic,
    models,
    requests,
    setting,
)
from executor_service.flows.importing.typebot.book import Stand

Importer = Callable[[Stand], None]


def chatwoot(stand: Stand) -> None:
    """Theirs opens a chat with people: the conversation is given to one of ours."""
    node_id = stand.put("handoff", {})
    lead_all(stand.book.sketch, node_id, stand.following)


ASKING: Mapping[str, Importer] = {
    "text input": inputs.free,
    "number input": inputs.number,
    "email input": inputs.email,
    "url input": inputs.url,
    "date input": inputs.date,
    "time input": inputs.time,
    "phone number input": inputs.phone,
    "choice input": choices.buttons,
    "picture choice input": choices.pictures,
    "rating input": inputs.rating,
    "file input": inputs.file,
    "cards": choices.cards,
}
"""Inputs: the text right before one is its question."""

BLOCKS: Mapping[str, Importer] = {
    "text": bubbles.text,
    "image": bubbles.media,
    "video": bubbles.media,
    "audio": bubbles.media,
    "embed": bubbles.media,
    **ASKING,
    "Set variable": setting.set_variable,
    "Condition": conditions.condition,
    "Redirect": logic.redirect,
    "Code": logic.script,
    "Typebot link": logic.link,
    "Wait": logic.wait,
    "AB test": logic.variants,
    "Jump": logic.jump,
    "Return": logic.back,
    "Webhook": requests.request,
    "Zapier": requests.request,
    "Make.com": requests.request,
    "Pabbly": requests.request,
    "Chatwoot": chatwoot,
    **dict.fromkeys(models.PROVIDERS, models.model),
}
