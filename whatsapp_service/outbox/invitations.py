"""The approved template of a channel that asks a person to write, when messages wait for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from shared.contracts.base import Contract, Language
from whatsapp_service.model import Conversation

TEMPLATE: Literal["template"] = "template"


class Invitation(Contract):
    """A template without variables, as it stands in the outbox. `language` is the provider's code, e.g. `es_MX`."""

    kind: Literal["template"] = TEMPLATE
    name: str
    language: str


Invite = Callable[[Conversation], Invitation | None]
"""The invitation for a person, in their language where there is one; None where the account has none."""


def choose_invitation(invitations: tuple[Invitation, ...], language: Language) -> Invitation | None:
    """The one in that language, else the first."""
    spoken = (one for one in invitations if one.language.partition("_")[0] == language)
    return next(spoken, invitations[0] if invitations else None)
