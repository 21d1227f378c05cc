"""How a Typebot goes its ways: waiting, jumping, sub-flows, tests of two variants, scripts, links."""

from __future__ import annotations

from executor_service.flows.importing.sketch import NOWHERE, lead_all
from executor_service.flows.importing.typebot.book import Stand, place_of_block, place_of_group
from executor_service.flows.importing.typebot.words import wants_a_browser

DAY_SECONDS = 86_400
OWN = "current"


def wait(stand: Stand) -> None:
    seconds = _seconds(stand.block.options.get("secondsToWaitFor"))
    if seconds is None:
        stand.leave_out()
        return
    node_id = stand.put("delay", {"mode": "fixed", "seconds": seconds})
    lead_all(stand.book.sketch, node_id, stand.following)


def jump(stand: Stand) -> None:
    """A line to where it jumps does the same."""
    options = stand.block.options
    group, block = options.get("groupId"), options.get("blockId")
    goal = place_of_block(str(block)) if block else place_of_group(str(group)) if group else NOWHERE
    stand.book.sketch.pass_on(stand.place, goal)


def back(stand: Stand) -> None:
    stand.put("end", {})


def link(stand: Stand) -> None:
    """Another flow is called and comes back; a group of this one is called as a subroutine."""
    options = stand.block.options
    called, group = options.get("typebotId"), options.get("groupId")
    if called == OWN and group:
        node_id = stand.put("call", {"node_id": None})
        stand.book.sketch.refer(node_id, place_of_group(str(group)))
    elif isinstance(called, str) and called and called != OWN:
        node_id = stand.put("call", {"flow_id": called})
        stand.pen.note("called_flow", node_id, what=called, id=called)
    else:
        stand.leave_out()
        return
    lead_all(stand.book.sketch, node_id, stand.following, "default", "error", "expired")


def variants(stand: Stand) -> None:
    share = stand.block.options.get("aPercent", 50)
    percent = min(99.0, max(1.0, float(share))) if isinstance(share, int | float) else 50.0
    weights = {"a": percent, "b": 100 - percent}
    node_id = stand.put("random", {"variants": [{"id": name, "weight": weight} for name, weight in weights.items()]})
    for item in stand.block.items:
        if item.path in weights:
            stand.book.sketch.lead(node_id, item.path, stand.way_of(item))


def redirect(stand: Stand) -> None:
    """A chat cannot be sent to a page: it is shown the link."""
    url = stand.block.options.get("url")
    if not isinstance(url, str) or not url:
        stand.leave_out()
        return
    node_id = stand.put("message", {"text": stand.book.words.text(url)})
    stand.pen.note("link_for_file", node_id, what=stand.block.type)
    lead_all(stand.book.sketch, node_id, stand.following)


def script(stand: Stand) -> None:
    """Theirs runs in the page, ours apart from everything: one that needs a page is left out."""
    content = stand.block.options.get("content")
    if not isinstance(content, str) or not content.strip() or wants_a_browser(content):
        stand.leave_out()
        return
    body, arguments = stand.book.words.script(f"{content}\nreturn null")
    node_id = stand.put("javascript", {"script": body, "arguments": arguments})
    stand.pen.note("script_on_server", node_id)
    lead_all(stand.book.sketch, node_id, stand.following, "success", "error", "timeout")


def _seconds(value: object) -> float | None:
    try:
        seconds = float(str(value))
    except ValueError:
        return None
    return seconds if 0 <= seconds <= 366 * DAY_SECONDS else None
