"""Doing something for each item, or some times."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome


class LoopConfig(Config):
    """`items`: an expression that gives a list (or a number of rounds); empty goes round until `until` holds.

    The body leads back to the loop. `local.<item>` and `local.<item>_index` (from 0) are set for each round.
    """

    items: str = Field(default="", json_schema_extra={"format": "expression"})
    until: str = Field(default="", json_schema_extra={"format": "expression"})
    item: str = Field(default="item", pattern=r"^[a-z][a-z0-9_]{0,39}$")
    max_rounds: int = Field(default=10, ge=1, le=100)


class LoopNode(Node[LoopConfig]):
    """Goes round its body, with a limit that cannot be escaped.

    {"label": "Each invoice", "type": "loop", "config": {"items": "session.invoices", "item": "invoice"}}
    """

    name = "loop"
    titles = {"es": "Repetir", "pt": "Repetir", "en": "Loop"}  # noqa: RUF012
    exits = ("body", "done", "limit")
    config = LoopConfig

    def enter(self, config: LoopConfig, visit: Visit) -> Outcome:
        done = visit.frame.loops.get(visit.node_id, 0)
        items = _items(visit.value(config.items)) if config.items else None
        if (items is not None and done >= len(items)) or (config.until and visit.condition(config.until)):
            return self._leave(visit, "done")
        if done >= min(config.max_rounds, visit.limits.loop_rounds):
            return self._leave(visit, "limit")
        visit.frame.loops[visit.node_id] = done + 1
        visit.set(f"local.{config.item}", items[done] if items is not None else done)
        visit.set(f"local.{config.item}_index", done)
        return Leave("body")

    def _leave(self, visit: Visit, exit_name: str) -> Outcome:
        visit.frame.loops.pop(visit.node_id, None)
        return Leave(exit_name)


def _items(value: Any) -> list[Any]:
    if isinstance(value, int) and not isinstance(value, bool):
        return list(range(min(value, 1_000)))
    return list(value) if isinstance(value, list | tuple) else []
