"""What hearing asks of a model of speech."""

from __future__ import annotations

from typing import Protocol


class Transcriber(Protocol):
    """Sound as text."""

    def transcribe(self, sound: bytes, media_type: str, seconds: float) -> str:
        """What is said, "" for nothing. Raises ModelUnavailable when it is not heard in time, ContractBroken when the
        endpoint refuses it."""
        ...
