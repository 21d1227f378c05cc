"""Text of an HTML page as a reader sees it, under its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from interpreter_service.knowledge.reading.blocks import Block, Collected

UNSEEN = ["script", "style", "template", "noscript", "svg", "iframe", "object", "nav", "head"]
HEADINGS = {f"h{level}" for level in range(1, 7)}
BREAKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "header", "hr", "li", "main",
    "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
CELLS = {"td", "th"}
SPACES = re.compile(r"\s+")


def read_html(data: bytes) -> list[Block]:
    """A block a heading; a row of a table is a line."""
    soup = BeautifulSoup(data, "lxml")
    for unseen in soup.find_all(UNSEEN):
        unseen.decompose()
    found = Collected()
    heading, lines, line = "", list[str](), list[str]()
    for piece, heads in _pieces(soup):
        if piece is not None:
            line.append(piece)
            continue
        text = SPACES.sub(" ", "".join(line)).strip(" |")
        line = []
        if heads and text:
            found.add("\n".join(lines), heading=heading)
            heading, lines = text, []
        elif text:
            lines.append(text)
    found.add("\n".join(lines), heading=heading)
    return found.blocks


def _pieces(soup: BeautifulSoup) -> Iterator[tuple[str | None, bool]]:
    """Texts in their order; None where a line ends, with whether that line was a heading. Without recursion: a page
    may be nested as deep as it likes."""
    waiting: list[NavigableString | Tag | tuple[None, bool]] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            yield node
        elif isinstance(node, Tag):
            breaks = node.name in BREAKS
            if breaks:
                yield None, False
                waiting.append((None, node.name in HEADINGS))
            if node.name in CELLS:
                yield " | ", False
            waiting += reversed([one for one in node.contents if isinstance(one, NavigableString | Tag)])
        elif not isinstance(node, PreformattedString):  # comments and the like
            yield str(node), False
    yield None, False
