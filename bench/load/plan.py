"""What is sent, by whom and in which order. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from bench.words import CANCEL, MENU, question

FIRST_PHONE = 51_900_000_000
KNUTH = 2_654_435_761
"""Scatters the messages that are delivered twice evenly, the same ones in every run."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a contact; `number` is its own in the whole run. `kind` is WhatsApp's."""

    contact: str
    number: int
    text: str
    kind: str = "text"
    is_repeated: bool = False

    @property
    def id(self) -> str:
        return f"wamid.BENCH{self.number:010d}"


Say = Callable[[int, int], str]
"""The text of a message by its number in the run and its place among those of its contact."""


def say_menu(_number: int, _place: int) -> str:
    return MENU


def say_commands(_number: int, place: int) -> str:
    """Two commands in turn: replies that carry no number still tell when they come in another order."""
    return CANCEL if place % 2 else MENU


def ask_count(number: int, _place: int) -> str:
    return question(number)


class Numbers:
    """Gives every message of a run another number and every scenario other contacts, so that none is paced."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._phones = count(FIRST_PHONE)

    def plan(
        self,
        messages: int,
        say: Say,
        *,
        per_contact: int,
        burst: int = 1,
        repeated: float = 0.0,
        kind: str = "text",
    ) -> list[Message]:
        """Messages in sending order: contacts take turns, each with `burst` at a time."""
        contacts = [str(next(self._phones)) for _ in range(-(-messages // per_contact))]
        order = [
            (contact, place)
            for first in range(0, per_contact, burst)
            for contact in contacts
            for place in range(first, min(first + burst, per_contact))
        ]
        return [self._message(contact, place, say, kind, repeated) for contact, place in order[:messages]]

    def _message(self, contact: str, place: int, say: Say, kind: str, repeated: float) -> Message:
        number = next(self._numbers)
        again = number * KNUTH % 2**32 < repeated * 2**32
        return Message(contact, number, say(number, place), kind, again)
