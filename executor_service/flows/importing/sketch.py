"""A drawing while it is made: nodes come in one by one, ways between them are named before their ends are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from executor_service.flows.importing.report import Note
from executor_service.flows.model import DEFAULT_EXIT, Edge, FlowNode, NodeData, Position
from shared.contracts.base import Json, Language

MAX_LABEL_CHARS = 60
NOWHERE = ""
ENDING = ("error", "timeout")


@dataclass(frozen=True)
class _Way:
    source: str
    exit: str
    place: str


@dataclass
class Sketch:
    """Places are the foreign drawing's own ids; each is a node of ours, or another place that takes its part."""

    nodes: dict[str, FlowNode] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    translations: dict[Language, dict[str, dict[str, str]]] = field(default_factory=dict)
    _ways: list[_Way] = field(default_factory=list)
    _stands: dict[str, str] = field(default_factory=dict)
    _instead: dict[str, str] = field(default_factory=dict)
    _references: list[tuple[str, str]] = field(default_factory=list)

    def add(self, kind: str, label: str, config: Json, at: Position) -> str:
        """The id of a new node."""
        node_id = f"n{len(self.nodes) + 1}"
        data = NodeData(label=_short(label), type=kind, config=config)
        self.nodes[node_id] = FlowNode(id=node_id, position=at, data=data)
        return node_id

    def stand(self, place: str, node_id: str) -> None:
        """The node is where `place` was: ways to it end there. The first one counts."""
        self._stands.setdefault(place, node_id)

    def pass_on(self, place: str, to: str) -> None:
        """Nothing of ours stands at `place`: ways to it go on to another."""
        if place != to:
            self._instead[place] = to

    def lead(self, node_id: str, exit_name: str, place: str) -> None:
        """An edge to whatever will stand at `place`; to NOWHERE there is none, but of exits that want a way."""
        if place != NOWHERE or exit_name in ENDING:
            self._ways.append(_Way(node_id, exit_name, place))

    def refer(self, node_id: str, place: str) -> None:
        """The config's `node_id` will be the node at `place`."""
        self._references.append((node_id, place))

    def note(self, key: str, where: str, node_id: str | None = None, **params: str) -> None:
        self.notes.append(Note(key, where, node_id, params))

    def drawn(self) -> tuple[tuple[FlowNode, ...], tuple[Edge, ...]]:
        """Nodes and edges; a way to where nothing stands is no edge, or leads to the end."""
        for node_id, place in self._references:
            self._refer(node_id, self._find(place))
        ends = {(way.source, way.exit): self._find(way.place) for way in self._ways}
        self._end(ends)
        edges = tuple(
            Edge(id=f"e{number}", source=source, sourceHandle=exit_name, target=target)
            for number, ((source, exit_name), target) in enumerate(ends.items(), start=1)
            if target is not None
        )
        return tuple(self.nodes.values()), edges

    def _end(self, ends: dict[tuple[str, str], str | None]) -> None:
        """What went wrong or was late, with nothing behind it, ends the flow: it does not fail."""
        open_ends = [key for key, target in ends.items() if target is None and key[1] in ENDING]
        if open_ends:
            spot = self.nodes[open_ends[0][0]].position
            end = self.add("end", "End", {}, Position(x=spot.x + 300, y=spot.y))
            ends.update(dict.fromkeys(open_ends, end))

    def _refer(self, node_id: str, target: str | None) -> None:
        node = self.nodes[node_id]
        change: Mapping[str, Any] = {"config": {**node.data.config, "node_id": target}}
        if target is None:
            change = {"type": "end", "config": {}}
        self.nodes[node_id] = node.model_copy(update={"data": node.data.model_copy(update=change)})

    def _find(self, place: str) -> str | None:
        seen: set[str] = set()
        while place not in self._stands:
            if place in seen or place not in self._instead:
                return None
            seen.add(place)
            place = self._instead[place]
        return self._stands[place]


@dataclass(frozen=True)
class Pen:
    """Where the next node goes, what it is called, and the sketch it goes into: nodes below each other."""

    sketch: Sketch
    label: str
    at: Position
    step: float = 130

    def add(self, kind: str, config: Json, label: str = "") -> str:
        return self.sketch.add(kind, label or self.label, config, self.at)

    def below(self, rows: int = 1) -> Pen:
        return replace(self, at=Position(x=self.at.x, y=self.at.y + rows * self.step))

    def note(self, key: str, node_id: str | None = None, **params: str) -> None:
        self.sketch.note(key, self.label, node_id, **params)


def lead_all(sketch: Sketch, node_id: str, place: str, *exits: str) -> None:
    for exit_name in exits or (DEFAULT_EXIT,):
        sketch.lead(node_id, exit_name, place)


def _short(label: str) -> str:
    plain = " ".join(label.split())
    return plain if len(plain) <= MAX_LABEL_CHARS else f"{plain[: MAX_LABEL_CHARS - 1]}…"
