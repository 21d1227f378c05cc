"""What starts the flows of an export: keywords, first messages and what nobody understood; else people, by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from executor_service.flows.importing.layout import HEIGHT
from executor_service.flows.importing.sketch import Sketch
from executor_service.flows.model import Position
from shared.contracts.base import Json

MATCHES = {"F": "first_word", "O": "exact"}
KINDS = {"N": "welcome", "C": "fallback"}
"""RapidPro's codes: new conversation, catch-all. `K` is a keyword."""


def triggers_of(document: Json, around: Json, flow_uuid: str) -> list[Json]:
    """Configs of trigger nodes, at least one."""
    found = [*_by_export(document, flow_uuid), *_by_keywords(around)]
    return found or [{"kind": "manual"}]


def draw_triggers(sketch: Sketch, configs: Sequence[Json], first: str, at: Position) -> None:
    for row, config in enumerate(configs):
        label = ", ".join(config.get("words", ())) or "Start"
        node_id = sketch.add("trigger", label, config, Position(x=at.x, y=at.y + row * HEIGHT))
        sketch.lead(node_id, "default", first)


def _by_export(document: Json, flow_uuid: str) -> Iterator[Json]:
    for one in _dicts(document.get("triggers")):
        flow = one.get("flow")
        if not isinstance(flow, dict) or flow.get("uuid") != flow_uuid:
            continue
        words = _texts(one.get("keywords")) or _texts([one.get("keyword")])
        kind = one.get("trigger_type") or one.get("type")
        if kind == "K" and words:
            yield {"kind": "keyword", "words": words, "match": MATCHES.get(str(one.get("match_type")), "first_word")}
        elif kind in KINDS:
            yield {"kind": KINDS[kind]}


def _by_keywords(around: Json) -> Iterator[Json]:
    """Glific keeps the words of a flow beside its definition; the whole message must be one."""
    words = _texts(around.get("keywords"))
    if words:
        yield {"kind": "keyword", "words": words, "match": "exact"}


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str) and one.strip()] if isinstance(value, list) else []


def _dicts(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
