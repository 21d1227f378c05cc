"""What the outbox asks of an account's way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from shared.contracts.messages import Part
from shared.contracts.tasks import Artifact
from whatsapp_service.channels.address import Address
from whatsapp_service.channels.content import Media
from whatsapp_service.channels.decisions import Decision
from whatsapp_service.channels.failures import SendError
from whatsapp_service.outbox.invitations import Invitation

OpenFile = Callable[[str], tuple[Artifact, BinaryIO]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to send. `bodies_sent` of the provider's messages it makes went out before and are left out.

    `on_body` is told the number that went out, after each but the last.
    """

    part: Part | Invitation
    to: Address
    callback: str
    reply_to: str | None
    bodies_sent: int
    open_file: OpenFile
    on_body: Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an account behaves: the longest text (UTF-16 units), whether contacts are paced and have a reply window.

    `is_instant`: whatever is stored counts as sent. `repeatable`: to send twice shows nothing twice.
    `invitations`: templates, one a language, that may be sent outside the reply window.
    """

    max_text: int = 100_000
    is_paced: bool = False
    has_window: bool = False
    is_instant: bool = False
    repeatable: bool = False
    invitations: tuple[Invitation, ...] = ()


class Sender(Protocol):
    """An account's way out. Safe to share between threads."""

    @property
    def manner(self) -> Manner: ...

    def send(self, letter: Letter) -> str:
        """The provider's id of the accepted message; "" when it gave none. Raises SendError or ValueError."""
        ...

    def decide(self, error: SendError, attempts: int, *, window_open: bool) -> Decision: ...

    def show_typing(self, message_id: str) -> None:
        """Tells the person that work goes on; never raises for trouble on the way."""
        ...

    def fetch(self, media: Media, into: BinaryIO) -> None:
        """Writes a file the person sent. Raises MediaLost or TemporaryError."""
        ...


class MediaLost(Exception):
    """A file can never be had; `reason` is `gone`, `too_big` or `corrupt`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
