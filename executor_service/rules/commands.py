"""Commands that everybody has: menu, cancel, a person, no more messages; and the one-time codes of links."""

from __future__ import annotations

from collections.abc import Callable

from executor_service.calls import Calls
from executor_service.connections.codes import find_code
from executor_service.rules.menu import Menu
from executor_service.rules.rulings import Ruling
from executor_service.tasks.model import Task
from shared.contracts.callers import ContactCaller
from shared.texts import Texts

Redeem = Callable[[str, str], str | None]
"""Links a contact by the one-time code in its message and gives its ERP user; None when the code is not good."""

StopFlow = Callable[[str], str | None]
"""Ends the flow that a conversation is in; gives its name."""

OPT_OUT = "opt_out"


class Commands:
    """Each gives what is said, and does what it says."""

    def __init__(self, calls: Calls, menu: Menu, redeem: Redeem, stop_flow: StopFlow, texts: Texts) -> None:
        self._calls = calls
        self._menu = menu
        self._redeem = redeem
        self._stop_flow = stop_flow
        self._texts = texts

    def take(self, command: str | None, caller: ContactCaller, open_tasks: Callable[[], list[Task]]) -> Ruling | None:
        """What is said to one of the commands that nothing goes before."""
        if command == "cancel":
            return Ruling("cancel", self._cancel_all(caller, open_tasks()))
        if command == "agent":
            return Ruling("agent", self._texts.say(caller.language, "agent"), {"mode": "human"})
        if command == OPT_OUT:
            self._stop_flow(caller.conversation_id)
            return Ruling(OPT_OUT, self._texts.say(caller.language, "opt_out"), {"mode": "muted"})
        return None

    def menu(self, caller: ContactCaller, groups: tuple[str, ...]) -> Ruling:
        return Ruling("menu", self._menu.text(caller.language, groups))

    def unlinked(self, caller: ContactCaller, text: str) -> Ruling:
        if find_code(text) is not None:
            return self.link(caller, text)
        return Ruling("not_linked", self._texts.say(caller.language, "not_linked"))

    def link(self, caller: ContactCaller, code: str) -> Ruling:
        erp_user = self._redeem(caller.contact_id, code)
        if erp_user is None:
            return Ruling("link_code", self._texts.say(caller.language, "code_wrong"))
        return Ruling("link_code", self._texts.say(caller.language, "linked", erp_user=erp_user))

    def _cancel_all(self, caller: ContactCaller, open_tasks: list[Task]) -> str:
        titles = [self._calls.cancel(task.id, caller).title for task in open_tasks]
        flow = self._stop_flow(caller.conversation_id)
        titles += [flow] if flow else []
        if not titles:
            return self._texts.say(caller.language, "cancelled.none")
        return self._texts.say(caller.language, "cancelled.some", titles=", ".join(titles))
