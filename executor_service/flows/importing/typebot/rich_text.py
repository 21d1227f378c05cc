"""Typebot's rich text as the plain text of a chat, with the marks that WhatsApp shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shared.contracts.base import Json

MARKS = (("bold", "*"), ("italic", "_"), ("strikethrough", "~"))
MAX_DEPTH = 12
LINES = frozenset({"p", "li", "lic", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})


def rich_text(content: Json) -> str:
    """Paragraphs as lines. Links are written out; variables stay as `{{Name}}`."""
    elements = content.get("richText")
    if isinstance(elements, list):
        return "\n".join(line for element in elements for line in _lines(element)).strip("\n")
    plain = content.get("plainText")
    return plain.strip("\n") if isinstance(plain, str) else ""


def _lines(element: Any, before: str = "", depth: int = 0) -> Iterator[str]:
    if not isinstance(element, dict) or depth > MAX_DEPTH:
        return
    kind, children = element.get("type"), element.get("children")
    inner = [one for one in children if isinstance(one, dict)] if isinstance(children, list) else []
    if kind in ("ul", "ol"):
        for number, child in enumerate(inner, start=1):
            yield from _lines(child, "- " if kind == "ul" else f"{number}. ", depth + 1)
    elif any(child.get("type") in LINES | {"ul", "ol"} for child in inner):
        for child in inner:
            yield from _lines(child, before, depth + 1)
            before = "  " if before else ""
    else:
        yield before + "".join(_inline(one) for one in inner or [element])


def _inline(piece: Json, depth: int = 0) -> str:
    text = piece.get("text")
    if isinstance(text, str):
        return _marked(text, piece)
    children = piece.get("children")
    inner = children if isinstance(children, list) and depth <= MAX_DEPTH else []
    inside = "".join(_inline(one, depth + 1) for one in inner if isinstance(one, dict))
    url = piece.get("url")
    if piece.get("type") == "a" and isinstance(url, str) and url:
        return url if inside in ("", url) else f"{inside} ({url})"
    return inside


def _marked(text: str, piece: Json) -> str:
    bare = text.strip()
    if not bare:
        return text
    marks = "".join(mark for name, mark in MARKS if piece.get(name))
    return text.replace(bare, f"{marks}{bare}{marks[::-1]}", 1) if marks else text
