"""What a shortlist may ask of a model of embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Embedder(Protocol):
    """Texts as points, near each other where they mean alike."""

    def embed(self, texts: Sequence[str], seconds: float) -> list[list[float]]:
        """One vector a text, in order. Raises ModelUnavailable without them in time, ContractBroken when refused."""
        ...
