"""The tools of the API's tests."""

from __future__ import annotations

import threading

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox

Gate = threading.Event


def box_of(gate: threading.Event) -> Toolbox:
    """A box whose `hang` goes on until the gate opens."""
    box = Toolbox("test")

    @box.tool(examples=["di algo"])
    def echo(context: ToolContext, text: str, times: int = 1) -> str:
        """Says a text back."""
        return " ".join([text] * times)

    @box.tool()
    def hang(context: ToolContext) -> str:
        """Goes on until the gate opens."""
        while not gate.wait(0.02):
            context.progress(1, 2)
        return "through"

    @box.tool(groups=["sales"])
    def secret(context: ToolContext) -> str:
        """Is for sellers."""
        return "psst"

    @box.tool(effect="write")
    def write(context: ToolContext, text: str) -> str:
        """Writes a text."""
        return f"wrote {text}"

    return box
