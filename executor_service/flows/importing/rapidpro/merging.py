"""Which message is the question of which wait: RapidPro says and waits in two steps, ours ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from executor_service.flows.importing.rapidpro.file import Action, Definition, Node
from executor_service.flows.importing.rapidpro.sayings import SAYS


def questions_of(drawn: Definition) -> dict[str, Action]:
    """Id of the waiting node → the message it asks with: its own last one, or the last one of the node before.

    Where several nodes lead to a wait, only the one that offers something to tap can be its question: the others
    come back to it after an answer that was not understood.
    """
    by_id = {node.uuid: node for node in drawn.nodes}
    coming = Counter(goal for node in drawn.nodes for goal in _goals(node))
    found: dict[str, Action] = {}
    offered: Counter[str] = Counter()
    for node in drawn.nodes:
        own = _last_said(node)
        if own is None:
            continue
        if _waits(node):
            found[node.uuid] = own
            continue
        goal = next(_goals(node), None)
        waiting = by_id.get(goal or "")
        if node.router is not None or waiting is None or waiting.actions or not _waits(waiting):
            continue
        if _offers(own):
            offered[waiting.uuid] += 1
            found[waiting.uuid] = own
        elif coming[waiting.uuid] == 1:
            found[waiting.uuid] = own
    return {uuid: action for uuid, action in found.items() if offered[uuid] < 2}


def _last_said(node: Node) -> Action | None:
    last = node.actions[-1] if node.actions else None
    return last if last is not None and last.type in SAYS else None


def _waits(node: Node) -> bool:
    return node.router is not None and node.router.wait is not None and node.router.wait.get("type") == "msg"


def _offers(action: Action) -> bool:
    has_replies = bool(action.texts("quick_replies") or action.parts("quick_replies"))
    return has_replies or action.type == "send_interactive_msg"


def _goals(node: Node) -> Iterator[str]:
    yield from {one.destination_uuid for one in node.exits if one.destination_uuid}
