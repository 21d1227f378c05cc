"""Scripted dialogues: what a simulation plays, and what a flow test expects. Stored with the flow."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from shared.contracts.base import Contract, Json, Language, Timestamp

MAX_STEPS = 100
MAX_MOCKS = 100

Text = Annotated[str, Field(max_length=4_000)]
Name = Annotated[str, Field(max_length=120)]


class Say(Contract):
    """The person writes a text."""

    kind: Literal["say"] = "say"
    text: Text


class Tap(Contract):
    """The person taps an option of the present question, given by its id or title."""

    kind: Literal["tap"] = "tap"
    option: Annotated[str, Field(max_length=200)]


class Jump(Contract):
    """The clock goes to the moment when the present wait's timer fires."""

    kind: Literal["jump"] = "jump"
    to: Literal["timeout", "expiry", "delay"]


class CallBack(Contract):
    """Another system calls the address that the flow waits at."""

    kind: Literal["callback"] = "callback"
    data: Json = Field(default_factory=dict)


class Expect(Contract):
    """What must hold after the input before it; what is not given is not looked at."""

    kind: Literal["expect"] = "expect"
    says: Text = ""
    """A piece of what was said since the last input."""
    options: tuple[Text, ...] | None = None
    """The titles that can be tapped now, in order."""
    node: Name = ""
    """A node that was visited since the last input, or where the flow stands."""
    variables: Json = Field(default_factory=dict)
    """Name with its scope (`session.name`, `contact.city`) → value."""
    status: Literal["", "waiting", "completed", "expired", "interrupted", "failed"] = ""


Step = Annotated[Say | Tap | Jump | CallBack | Expect, Field(discriminator="kind")]
Steps = Annotated[tuple[Step, ...], Field(max_length=MAX_STEPS)]


class Mock(Contract):
    """What a node's call comes to: several for one node are given in turn, the last one again and again."""

    node: Name
    status: Literal["success", "error", "timeout"] = "success"
    value: Any = None
    error: Name = ""
    text: Text = ""
    """What the person would see of it, if the node shows results."""


class Scene(Contract):
    """Where and for whom a flow is played. `node` is where it begins: its first trigger, unless given."""

    node: Name = ""
    message: Text | None = None
    """The message that starts it."""
    language: Language = "es"
    time_zone: Annotated[str, Field(max_length=60)] = "UTC"
    channel: Name = "whatsapp"
    now: Timestamp | None = None
    contact: Json = Field(default_factory=dict)
    globals: Json = Field(default_factory=dict)
    arguments: Json = Field(default_factory=dict)
    mocks: Annotated[tuple[Mock, ...], Field(max_length=MAX_MOCKS)] = ()
    """Calls of nodes without a mock get an obvious placeholder."""


class FlowTest(Contract):
    """A dialogue that must go as written; without `scene.now` it is played at noon (UTC) of Monday 2026-01-05."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    scene: Scene = Scene()
    steps: Steps
