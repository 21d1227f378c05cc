"""Who is at the other end, as the provider names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Channel = Literal["whatsapp", "telegram", "web"]
AddressKind = Literal["bsuid", "phone", "parent_bsuid", "telegram", "web", "other"]


@dataclass(frozen=True, slots=True)
class Address:
    """One name of a person on a channel; the same person may have several.

    `bsuid` is WhatsApp's business-scoped user id, `parent_bsuid` the one that linked businesses share. Values are kept
    exactly as the provider wrote them.
    """

    kind: AddressKind
    value: str
