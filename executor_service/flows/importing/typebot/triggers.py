"""What starts a Typebot: by hand, by the words of its WhatsApp settings, or by a command of the page around it."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.importing.sketch import Sketch
from executor_service.flows.importing.typebot.book import place_of_goal
from executor_service.flows.importing.typebot.file import Event, TypebotFile
from executor_service.flows.model import Position
from shared.contracts.base import Json

MATCHES = {"Equal to": "exact", "Contains": "contains_word", "Starts with": "starts_with"}


def draw_triggers(file: TypebotFile, sketch: Sketch) -> None:
    goals = {line.source.eventId: place_of_goal(line) for line in file.edges if line.source.eventId}
    for event in file.events:
        config = _config(file, event)
        if config is None:
            sketch.note("event_lost", file.name, what=event.type)
            continue
        spot = Position(x=event.graphCoordinates.x, y=event.graphCoordinates.y)
        node_id = sketch.add("trigger", _label(event), config, spot)
        sketch.lead(node_id, "default", goals.get(event.id, ""))
        if event.type == "command":
            sketch.note("starts_by_event", _label(event), node_id)


def _label(event: Event) -> str:
    return str((event.options or {}).get("command") or "Start")


def _config(file: TypebotFile, event: Event) -> Json | None:
    if event.type == "start":
        return next(_by_words(file), {"kind": "manual"})
    command = (event.options or {}).get("command")
    return {"kind": "event", "event": command} if event.type == "command" and command else None


def _by_words(file: TypebotFile) -> Iterator[Json]:
    """The words that start it in WhatsApp, where all of them are compared alike."""
    whatsapp = file.settings.get("whatsApp")
    start = whatsapp.get("startCondition") if isinstance(whatsapp, dict) else None
    drawn = start.get("comparisons", ()) if isinstance(start, dict) else ()
    found = [(one.get("comparisonOperator"), one.get("value")) for one in drawn if isinstance(one, dict)]
    operators = {operator for operator, _ in found}
    words = [value for _, value in found if isinstance(value, str) and value]
    if len(operators) == 1 and words:
        match = MATCHES.get(str(operators.pop()))
        if match:
            yield {"kind": "keyword", "words": words, "match": match}
