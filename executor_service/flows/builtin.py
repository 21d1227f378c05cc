"""The one list of built-in kinds of nodes."""

from __future__ import annotations

from executor_service.flows.node import AnyNode


def builtin_nodes() -> tuple[AnyNode, ...]:
    """Every kind of node that comes with Recado, in the palette's order."""
    return ()
