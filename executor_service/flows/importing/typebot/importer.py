"""A Typebot file as a flow of ours: group by group, block by block, then the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from executor_service.flows.importing.imported import Imported, refuse, texts_of
from executor_service.flows.importing.layout import spread
from executor_service.flows.importing.sketch import NOWHERE, Pen, Sketch
from executor_service.flows.importing.typebot.blocks import ASKING, BLOCKS
from executor_service.flows.importing.typebot.book import (
    Book,
    Stand,
    lines_by_source,
    place_of_block,
    place_of_goal,
    place_of_group,
)
from executor_service.flows.importing.typebot.file import Block, Group, TypebotFile
from executor_service.flows.importing.typebot.rich_text import rich_text
from executor_service.flows.importing.typebot.triggers import draw_triggers
from executor_service.flows.importing.typebot.words import Words
from executor_service.flows.model import Flow, FlowSettings, Position
from shared.contracts.base import Json, Language
from shared.language.guess import guess_language

SUPPORTED = "6"
MAX_BLOCKS = 2_000
HOUR_SECONDS = 3_600


def fits(document: Json) -> bool:
    """Whether a file looks like one of Typebot's, of whatever version."""
    return isinstance(document.get("groups"), list) and isinstance(document.get("edges"), list)


def read(document: Json, language: Language | None) -> tuple[Imported, ...]:
    """One flow; raises InvalidArguments for a file of another version or one that is damaged."""
    version = str(document.get("version") or "")
    if not version.startswith(SUPPORTED):
        found = version or "older"
        raise refuse(f"this Typebot file is of version {found}; open it in Typebot 3 and export it again (version 6)")
    try:
        file = TypebotFile.model_validate(document)
    except ValidationError as error:
        raise refuse("this Typebot file is damaged", error) from error
    if sum(len(group.blocks) for group in file.groups) > MAX_BLOCKS:
        raise refuse(f"this Typebot file has over {MAX_BLOCKS} blocks; divide it")
    return (_imported(file, str(document.get("id") or file.name), language),)


def _imported(file: TypebotFile, key: str, language: Language | None) -> Imported:
    spoken = language or guess_language(" ".join(_spoken(file)))
    sketch = Sketch()
    book = _book(file, sketch, spoken or "es")
    draw_triggers(file, sketch)
    asked = {line.to.blockId for line in file.edges} | set(_jumped_to(file))
    for group in file.groups:
        _draw(group, book, asked)
    nodes, edges = sketch.drawn()
    if spoken is None:
        sketch.note("language_guessed", file.name)
    flow = Flow(language=book.language, nodes=spread(nodes), edges=edges, settings=_settings(file))
    return Imported(key=key, name=file.name, flow=flow, notes=tuple(sketch.notes))


def _book(file: TypebotFile, sketch: Sketch, language: Language) -> Book:
    blocks, items = lines_by_source(file)
    texts = texts_of()
    return Book(
        sketch=sketch,
        words=Words.of(file.variables),
        language=language,
        say=lambda key: texts.say(language, f"say.{key}"),
        from_blocks=blocks,
        from_items=items,
    )


def _draw(group: Group, book: Book, asked: set[str | None]) -> None:
    """The blocks of a group below each other; a text right before an input is the input's question."""
    if group.blocks:
        book.sketch.pass_on(place_of_group(group.id), place_of_block(group.blocks[0].id))
    pen = Pen(book.sketch, group.title, Position(x=group.graphCoordinates.x, y=group.graphCoordinates.y))
    question = ""
    for number, block in enumerate(group.blocks):
        following = _following(group, number, book)
        if _is_question(group.blocks, number, asked, book):
            question = rich_text(block.content)
            book.sketch.pass_on(place_of_block(block.id), following)
            continue
        stand = Stand(book=book, block=block, pen=pen, following=following, question=question)
        BLOCKS.get(block.type, Stand.leave_out)(stand)
        pen, question = pen.below(), ""


def _following(group: Group, number: int, book: Book) -> str:
    line = book.from_blocks.get(group.blocks[number].id)
    if line is not None:
        return place_of_goal(line)
    is_last = number + 1 == len(group.blocks)
    return NOWHERE if is_last else place_of_block(group.blocks[number + 1].id)


def _is_question(blocks: Sequence[Block], number: int, asked: set[str | None], book: Book) -> bool:
    """A way straight to the input would miss its question, so there it stays a message."""
    if blocks[number].type != "text" or number + 1 == len(blocks) or blocks[number].id in book.from_blocks:
        return False
    following = blocks[number + 1]
    return following.type in ASKING and following.id not in asked and bool(rich_text(blocks[number].content).strip())


def _jumped_to(file: TypebotFile) -> Iterator[str]:
    for group in file.groups:
        for block in group.blocks:
            if block.type == "Jump" and isinstance(block.options.get("blockId"), str):
                yield block.options["blockId"]


def _spoken(file: TypebotFile) -> Iterator[str]:
    for group in file.groups:
        for block in group.blocks:
            if block.type == "text":
                yield rich_text(block.content)


def _settings(file: TypebotFile) -> FlowSettings:
    whatsapp: Any = file.settings.get("whatsApp")
    hours = whatsapp.get("sessionExpiryTimeout") if isinstance(whatsapp, dict) else None
    if isinstance(hours, int | float) and 1 <= hours <= 14 * 24:
        return FlowSettings(expiry_seconds=int(hours * HOUR_SECONDS))
    return FlowSettings()
