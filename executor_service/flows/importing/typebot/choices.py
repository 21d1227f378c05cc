"""Typebot's buttons, pictures and cards: a question with options, each a way of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from executor_service.flows.importing.options import Choice, offer
from executor_service.flows.importing.sketch import lead_all
from executor_service.flows.importing.typebot.book import Stand
from executor_service.flows.importing.typebot.file import Item, Path
from executor_service.flows.importing.typebot.inputs import MAX_ATTEMPTS


def buttons(stand: Stand) -> None:
    if stand.block.options.get("dynamicVariableId"):
        _typed(stand)
        return
    _ask(stand, [_of_item(stand, one, str(one.content or "")) for one in stand.block.items])


def pictures(stand: Stand) -> None:
    node_id = _ask(stand, [_of_item(stand, one, one.title or "") for one in stand.block.items])
    stand.pen.note("detail_lost", node_id, what=f"{stand.block.type}: pictureSrc")


def cards(stand: Stand) -> None:
    """Each button of each card is an option."""
    found = [_of_path(stand, card, path) for card in stand.block.items for path in card.paths]
    node_id = _ask(stand, found)
    stand.pen.note("detail_lost", node_id, what=f"{stand.block.type}: imageUrl")


def _ask(stand: Stand, choices: Sequence[Choice]) -> str | None:
    named = [one for one in choices if one.title.strip()]
    if not named:
        stand.leave_out()
        return None
    shown = offer(named)
    is_multiple = bool(stand.block.options.get("isMultipleChoice"))
    config: dict[str, Any] = {
        "text": _question(stand),
        "options": list(shown.options),
        "variable": stand.variable(),
        "multiple": is_multiple,
        "max_attempts": MAX_ATTEMPTS,
    }
    node_id = stand.put(shown.kind, config)
    if is_multiple:
        lead_all(stand.book.sketch, node_id, stand.following)
    else:
        for option, one in zip(shown.options, named, strict=True):
            stand.book.sketch.lead(node_id, option["id"], one.goal)
    if any(_is_conditional(item) for item in stand.block.items):
        stand.pen.note("option_shown_always", node_id)
    if shown.is_cut:
        stand.pen.note("title_cut", node_id)
    if not stand.question:
        stand.pen.note("question_put_in", node_id)
    return node_id


def _typed(stand: Stand) -> None:
    """Options that a list of the conversation gives cannot be drawn: they are listed, and the answer is typed."""
    listed = stand.variable("dynamicVariableId")
    lines = f"\n{{% for one in {listed} %}}- {{{{ one }}}}\n{{% endfor %}}" if listed else ""
    config = {"text": _question(stand) + lines, "variable": stand.variable() or "session.answer", "accepts": "text"}
    node_id = stand.put("wait_input", config)
    lead_all(stand.book.sketch, node_id, stand.following)
    stand.pen.note("options_typed", node_id)


def _question(stand: Stand) -> str:
    return stand.book.words.text(stand.question) or stand.book.say("choose")


def _of_item(stand: Stand, item: Item, title: str) -> Choice:
    words = stand.book.words
    return Choice(words.text(title), words.text(item.description or ""), item.value or "", stand.way_of(item))


def _of_path(stand: Stand, card: Item, path: Path) -> Choice:
    words = stand.book.words
    line = stand.book.from_items.get(path.id)
    goal = stand.way_of(Item(id=path.id)) if line else stand.following
    title = " · ".join(one for one in (card.title or "", path.text) if one)
    return Choice(words.text(title), words.text(card.description or ""), _static(card.title or ""), goal)


def _static(text: str) -> str:
    """Values hold no expressions: a title that does is its own value."""
    return "" if "{{" in text else text


def _is_conditional(item: Item) -> bool:
    return bool(item.displayCondition and item.displayCondition.get("isEnabled"))
