"""What a Typebot says: texts become messages; pictures, videos and sounds become their links."""

from __future__ import annotations

from executor_service.flows.importing.sketch import lead_all
from executor_service.flows.importing.typebot.book import Stand
from executor_service.flows.importing.typebot.rich_text import rich_text

VIDEO_PAGES = {"youtube": "https://youtu.be/", "vimeo": "https://vimeo.com/"}


def text(stand: Stand) -> None:
    said = rich_text(stand.block.content)
    if not said.strip():
        stand.book.sketch.pass_on(stand.place, stand.following)
        return
    _say(stand, said)


def media(stand: Stand) -> None:
    """Files are not fetched: the person gets the link, and the report says so."""
    content = stand.block.content
    url = content.get("url")
    page = VIDEO_PAGES.get(str(content.get("type", "")))
    if page and isinstance(content.get("id"), str) and not (isinstance(url, str) and url.startswith("http")):
        url = page + content["id"]
    if not isinstance(url, str) or not url or url.startswith("data:"):
        stand.leave_out()
        return
    node_id = _say(stand, url)
    stand.pen.note("link_for_file", node_id, what=stand.block.type)


def _say(stand: Stand, said: str) -> str:
    node_id = stand.put("message", {"text": stand.book.words.text(said)})
    if stand.book.words.used_in_code(said):
        stand.pen.note("expression_lost", node_id, what="{{= … =}}")
    lead_all(stand.book.sketch, node_id, stand.following)
    return node_id
