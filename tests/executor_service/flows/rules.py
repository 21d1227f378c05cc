"""Short words for the flows with which the rules are tried, and two kinds of nodes that only they need."""

from __future__ import annotations

from typing import Any

from executor_service.flows.inputs import CalledBack, Input, Returned
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Ask, Fail, Leave, Outcome, Pause
from executor_service.flows.session_model import Call, Wait

START = ("start", "trigger", {})
ERROR = "Algo salió mal y no pude terminar. Escribe «agente» si prefieres hablar con una persona."


def ask(text: str = "Name?", **more: Any) -> tuple[str, str, dict[str, Any]]:
    return ("ask", "wait_input", {"text": text, "variable": "session.name", **more})


def say(node_id: str, text: str = "") -> tuple[str, str, dict[str, Any]]:
    return (node_id, "message", {"text": text or node_id})


class Odd(Node[Config]):
    """Asks for a side effect, then leaves by how it ended.

    {"type": "odd"}
    """

    name = "odd"
    titles = {"es": "", "pt": "", "en": ""}  # noqa: RUF012
    exits = ("success", "error", "timeout")
    config = Config

    def enter(self, config: Config, visit: Visit) -> Outcome:
        return Ask(Call(kind="http", payload={"url": "https://example.com"}))

    def resume(self, config: Config, visit: Visit, given: Input) -> Outcome:
        if isinstance(given, Returned) and given.status == "error":
            return Fail(given.error)
        return Leave("success")


class Once(Odd):
    """A side effect that must not be repeated.

    {"type": "once"}
    """

    name = "once"

    def enter(self, config: Config, visit: Visit) -> Outcome:
        return Ask(Call(kind="http", is_idempotent=False))


class Outside(Node[Config]):
    """Waits for another system.

    {"type": "outside"}
    """

    name = "outside"
    titles = {"es": "", "pt": "", "en": ""}  # noqa: RUF012
    waits = True
    config = Config

    def enter(self, config: Config, visit: Visit) -> Outcome:
        return Pause(Wait(kind="callback", timeout_seconds=60))

    def resume(self, config: Config, visit: Visit, given: Input) -> Outcome:
        if isinstance(given, CalledBack):
            visit.set("session.data", given.data)
        return Leave()


def buttons(node_id: str, *options: str) -> tuple[str, str, dict[str, Any]]:
    return (node_id, "buttons", {"text": f"{node_id}?", "options": [{"id": one, "title": one} for one in options]})
