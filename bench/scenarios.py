"""What is measured, how much of it, and by which systems."""

from __future__ import annotations

from dataclasses import dataclass

from bench.load.plan import Say, ask_count, say_commands, say_menu
from bench.systems import FLASK, FLASK_BOT, FLASK_SQLITE, RECADO
from bench.words import COUNTED

CONNECTIONS = 16
RATE = 100.0
MAX_PER_CONTACT = 8
"""Recado paces what one contact gets: ten at once, then one in six seconds. More contacts, and nobody is paced."""
BURST = 5
REPEATED = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """So many messages, in a closed loop or at a rate; `must_hold` is what every reply has to contain.

    Without `replies` nothing is answered: reactions, which are stored like every message.
    """

    name: str
    title: str
    systems: tuple[str, ...]
    messages: int
    quick_messages: int
    say: Say = say_menu
    kind: str = "text"
    replies: bool = True
    per_contact: int = MAX_PER_CONTACT
    burst: int = 1
    repeated: float = 0.0
    rate: float | None = None
    must_hold: str = ""


SCENARIOS = (
    Scenario(
        name="ack",
        title="acknowledge",
        systems=(RECADO, FLASK, FLASK_SQLITE),
        messages=4800,
        quick_messages=400,
        kind="reaction",
        replies=False,
        per_contact=40,
    ),
    Scenario(
        name="rule",
        title="without a model",
        systems=(RECADO, FLASK_BOT),
        messages=1600,
        quick_messages=160,
        say=say_menu,
    ),
    Scenario(
        name="tool",
        title="model and tool",
        systems=(RECADO, FLASK_BOT),
        messages=480,
        quick_messages=80,
        say=ask_count,
        must_hold=str(COUNTED),
    ),
    Scenario(
        name="open_rule",
        title="without a model",
        systems=(RECADO, FLASK_BOT),
        messages=600,
        quick_messages=150,
        say=say_menu,
        rate=RATE,
    ),
    Scenario(
        name="open_tool",
        title="model and tool",
        systems=(RECADO, FLASK_BOT),
        messages=600,
        quick_messages=150,
        say=ask_count,
        must_hold=str(COUNTED),
        rate=RATE,
    ),
    Scenario(
        name="order_rule",
        title="without a model",
        systems=(RECADO, FLASK_BOT),
        messages=300,
        quick_messages=100,
        say=say_commands,
        per_contact=BURST,
        burst=BURST,
        repeated=REPEATED,
    ),
    Scenario(
        name="order_tool",
        title="model and tool",
        systems=(RECADO, FLASK_BOT),
        messages=300,
        quick_messages=100,
        say=ask_count,
        must_hold=str(COUNTED),
        per_contact=BURST,
        burst=BURST,
        repeated=REPEATED,
    ),
)
