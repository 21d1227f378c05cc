"""Searching by meaning, where there is a model of embeddings: vectors are made in the background, nobody waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from interpreter_service.agent.embedding import Embedder
from interpreter_service.knowledge.points import PointStore
from shared.database import Database
from shared.errors import ContractBroken, ModelUnavailable
from shared.logs import get_logger

LOG = get_logger("interpreter")
QUESTION_SECONDS = 1.5
"""How long the vector of a question may take; after that the words alone decide."""
BATCH_SECONDS = 30.0
BATCH_TEXTS = 32
REST_SECONDS = 60.0
"""How long a model of embeddings that failed is left alone."""


class Meaning:
    """The vectors of all chunks by one model, and those of questions."""

    def __init__(
        self, database: Database, embedder: Embedder, model: str, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = PointStore(database, model)
        self._embedder = embedder
        self._monotonic = monotonic
        self._mutex = threading.Lock()
        self._making: threading.Thread | None = None
        self._again = False
        self._rests_until = 0.0

    @property
    def model(self) -> str:
        return self._store.model

    def nearest(self, question: str, limit: int) -> list[tuple[int, float]]:
        """Ids of chunks near the question with their likeness, best first; none while the model does not answer."""
        if self._monotonic() < self._rests_until:
            return []
        points = self._store.points()
        if not len(points.ids):
            return []
        try:
            (vector,) = self._embedder.embed([question], QUESTION_SECONDS)
        except (ModelUnavailable, ContractBroken, ValueError) as error:
            self._failed(error)
            return []
        return points.nearest(vector, limit)

    def fill(self) -> None:
        """Begins to make what is missing, unless that is under way."""
        with self._mutex:
            self._again = True
            if self._making is None or not self._making.is_alive():
                self._making = threading.Thread(target=self._make, name="knowledge-vectors", daemon=True)
                self._making.start()

    def wait(self, seconds: float) -> bool:
        """Waits until no vectors are being made; whether that is so."""
        making = self._making
        if making is not None:
            making.join(seconds)
        return making is None or not making.is_alive()

    def _make(self) -> None:
        while self._is_wanted():
            try:
                while batch := self._store.missing(BATCH_TEXTS):
                    vectors = self._embedder.embed([text for _, text in batch], BATCH_SECONDS)
                    self._store.save([(one, vector) for (one, _), vector in zip(batch, vectors, strict=True)])
            except (ModelUnavailable, ContractBroken, ValueError) as error:
                self._failed(error)
                return

    def _is_wanted(self) -> bool:
        """Whether somebody asked since the last look; what comes after the answer is no starts a thread anew."""
        with self._mutex:
            wanted, self._again = self._again, False
            if not wanted:
                self._making = None
            return wanted

    def _failed(self, error: Exception) -> None:
        self._rests_until = self._monotonic() + REST_SECONDS
        LOG.warning("embedding_failed", error=type(error).__name__)
