"""Who a schedule is made for."""

from __future__ import annotations

from executor_service.registry.context import RunningContext
from shared.contracts.callers import ContactCaller
from shared.errors import NotPermitted

WINDOWED = "whatsapp"
"""The channel on which we may write only for a day after the person did."""


def owner_of(context: RunningContext) -> ContactCaller:
    """Who asks; a schedule cannot make others."""
    if not isinstance(context.caller, ContactCaller):
        raise NotPermitted("only a person makes schedules")
    return context.caller
