"""What every block's importer is given: the file's words and ways, the sketch, and where the block stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from executor_service.flows.importing.sketch import NOWHERE, Pen, Sketch
from executor_service.flows.importing.typebot.file import Block, Item, Line, TypebotFile
from executor_service.flows.importing.typebot.words import Words
from shared.contracts.base import Json, Language


@dataclass(frozen=True, kw_only=True)
class Book:
    """One file under import."""

    sketch: Sketch
    words: Words
    language: Language
    say: Callable[[str], str]
    """A sentence of our own that the flow will say, in the flow's language."""
    from_blocks: Mapping[str, Line]
    from_items: Mapping[str, Line]


@dataclass(frozen=True, kw_only=True)
class Stand:
    """One block where it stands; `question` is the text that was said right before, for an input to ask with."""

    book: Book
    block: Block
    pen: Pen
    following: str
    question: str = ""

    @property
    def place(self) -> str:
        return place_of_block(self.block.id)

    def put(self, kind: str, config: Json) -> str:
        """The node that stands for this block."""
        node_id = self.pen.add(kind, config)
        self.book.sketch.stand(self.place, node_id)
        return node_id

    def leave_out(self) -> None:
        """Nothing stands here: the flow goes on behind it, and the report says so."""
        self.pen.note("left_out", what=self.block.type)
        self.book.sketch.pass_on(self.place, self.following)

    def way_of(self, item: Item) -> str:
        """Where an item leads: by its own line, else on from the block."""
        line = self.book.from_items.get(item.id)
        return place_of_goal(line) if line else self.following

    def variable(self, name: str = "variableId") -> str:
        return self.book.words.variable(self.block.options.get(name))


def place_of_block(block_id: str) -> str:
    return f"block:{block_id}"


def place_of_group(group_id: str) -> str:
    return f"group:{group_id}"


def place_of_goal(line: Line) -> str:
    return place_of_block(line.to.blockId) if line.to.blockId else place_of_group(line.to.groupId)


def lines_by_source(file: TypebotFile) -> tuple[dict[str, Line], dict[str, Line]]:
    """Those that leave blocks, and those that leave items or paths of a block."""
    blocks = {
        line.source.blockId: line
        for line in file.edges
        if line.source.blockId and not line.source.itemId and not line.source.pathId
    }
    items = {}
    for line in file.edges:
        item = line.source.pathId or line.source.itemId
        if item:
            items[item] = line
    return blocks, items


__all__ = ["NOWHERE", "Book", "Stand", "lines_by_source", "place_of_block", "place_of_goal", "place_of_group"]
