"""Where nodes lie: their old places without overlaps, or in columns by how far they are from the start."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from executor_service.flows.model import Edge, FlowNode, Position

WIDTH, HEIGHT = 260.0, 110.0
"""What a node's card takes in the builder, with some air."""


def spread(nodes: Sequence[FlowNode]) -> tuple[FlowNode, ...]:
    """Nodes that would lie on others are moved down; the rest keeps its place."""
    columns: dict[int, list[Position]] = {}
    placed: dict[str, Position] = {}
    for node in sorted(nodes, key=lambda one: (one.position.y, one.position.x)):
        column = int(node.position.x // WIDTH)
        near = [spot for one in (column - 1, column, column + 1) for spot in columns.get(one, ())]
        spot = _free(node.position, near)
        columns.setdefault(column, []).append(spot)
        placed[node.id] = spot
    return tuple(node.model_copy(update={"position": placed[node.id]}) for node in nodes)


def in_columns(nodes: Sequence[FlowNode], edges: Iterable[Edge]) -> tuple[FlowNode, ...]:
    """By the number of steps from the first node."""
    following: dict[str, list[str]] = {}
    for edge in edges:
        following.setdefault(edge.source, []).append(edge.target)
    depth: dict[str, int] = {}
    for start in nodes:
        waiting = deque([(start.id, 0)] if start.id not in depth else [])
        while waiting:
            node_id, far = waiting.popleft()
            if node_id not in depth:
                depth[node_id] = far
                waiting.extend((target, far + 1) for target in following.get(node_id, ()))
    rows: dict[int, int] = {}
    placed = []
    for node in nodes:
        column = depth[node.id]
        row = rows[column] = rows.get(column, -1) + 1
        placed.append(node.model_copy(update={"position": Position(x=column * WIDTH * 1.2, y=row * HEIGHT * 1.2)}))
    return tuple(placed)


def _free(wanted: Position, near: Sequence[Position]) -> Position:
    y = wanted.y
    for other in sorted(near, key=lambda one: one.y):
        if abs(other.x - wanted.x) < WIDTH and other.y - HEIGHT < y < other.y + HEIGHT:
            y = other.y + HEIGHT
    return Position(x=wanted.x, y=y)
