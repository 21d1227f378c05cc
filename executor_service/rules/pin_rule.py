"""PINs that people write: digits that were asked for, and nothing else. What holds one is kept by nobody."""

from __future__ import annotations

from collections.abc import Callable

from executor_service.pins.pins import Pins
from executor_service.pins.rules import is_weak, read_pin
from executor_service.rules.answers import latest_question_first
from executor_service.rules.rulings import Ruling
from executor_service.tasks.model import PIN_ASKED, Task
from shared.contracts.base import Language
from shared.contracts.callers import ContactCaller
from shared.texts import Texts

PIN = "pin"
"""The command, and the rule of what a PIN came to."""


class PinRule:
    """Gives what is said; or the task that the right PIN was written for."""

    def __init__(self, pins: Pins, texts: Texts) -> None:
        self._pins = pins
        self._texts = texts

    def take(
        self, command: str | None, text: str, caller: ContactCaller, open_tasks: Callable[[], list[Task]]
    ) -> Ruling | Task | None:
        contact_id, language = caller.contact_id, caller.language
        if command == PIN:
            return self._begin(contact_id, language)
        pin = read_pin(text)
        if pin is None:
            return None
        match self._pins.asked(contact_id):
            case "new":
                return self._set(contact_id, language, pin)
            case "old":
                return self._try(contact_id, language, pin) or self._go_on(contact_id, language)
        task = next((one for one in latest_question_first(open_tasks()) if one.pin == PIN_ASKED), None)
        if task is None:
            return None
        return self._try(contact_id, language, pin) or task

    def _begin(self, contact_id: str, language: Language) -> Ruling:
        has_one = self._pins.has(contact_id)
        self._pins.ask(contact_id, "old" if has_one else "new")
        return self._say(language, "ask_old" if has_one else "ask_new")

    def _go_on(self, contact_id: str, language: Language) -> Ruling:
        self._pins.ask(contact_id, "new")
        return self._say(language, "ask_new")

    def _set(self, contact_id: str, language: Language, pin: str) -> Ruling:
        if is_weak(pin):
            return self._say(language, "weak")
        self._pins.save(contact_id, pin)
        return self._say(language, "set")

    def _try(self, contact_id: str, language: Language, pin: str) -> Ruling | None:
        """What is said to one that is not right; None for the right one."""
        tried = self._pins.try_pin(contact_id, pin)
        if tried == "right":
            return None
        return self._say(language, tried, left=self._pins.tries_left(contact_id))

    def _say(self, language: Language, key: str, **params: object) -> Ruling:
        return Ruling(PIN, self._texts.say(language, key, **params), is_secret=True)
