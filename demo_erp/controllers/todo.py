"""Tasks: people without the manager's role create only their own."""

from __future__ import annotations

from demo_erp.controllers.base import Controller
from demo_erp.errors import FrappeError
from demo_erp.site import Call, Document


class ToDoController(Controller):
    """A ToDo must be allocated to, or assigned by, the person who creates it."""

    def check_create(self, call: Call, document: Document) -> None:
        """Raises the recorded 403 for somebody else's task."""
        user = call.person.user
        if call.is_administrator or "System Manager" in call.person.roles:
            return
        if user in (document.get("allocated_to"), document.get("assigned_by")):
            return
        label = call.label("ToDo")
        named = call.say("no_named_access", user=user, label=label, name=None)
        text = f"{call.say('controller_refused')}<br>{named}"
        raise FrappeError(
            403,
            "frappe.exceptions.PermissionError",
            messages=(call.message(text, thrown=False),),
            error_message=call.say("needs_permission", verb=call.say("verb_create"), label=label),
        )
