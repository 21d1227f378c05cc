"""The tools that a model is shown: the nearest by words, and by meaning where there is a model of embeddings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from interpreter_service.agent.embedding import Embedder
from interpreter_service.offline.coverage import joined
from interpreter_service.toolbox import Toolbox
from shared.contracts.base import Language
from shared.contracts.tools import ToolSpec
from shared.errors import ContractBroken, ModelUnavailable
from shared.logs import get_logger

LOG = get_logger("interpreter")
QUESTION_SECONDS = 1.0
"""How long the point of a question may take; after that the words alone decide."""
BATCH_SECONDS = 30.0
BATCH_TEXTS = 64
REST_SECONDS = 60.0
"""How long a model of embeddings that failed is left alone."""
LONGEST_TEXT_CHARS = 2_000

Matrix = NDArray[np.float32]


class Shortlist:
    """Ranks the tools of a toolbox. Points of tools are made in the background: no turn waits for them."""

    def __init__(self, embedder: Embedder | None = None, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._embedder = embedder
        self._monotonic = monotonic
        self._mutex = threading.Lock()
        self._points: Mapping[str, list[float]] = {}
        self._ready: tuple[str, tuple[str, ...], Matrix] | None = None
        self._making: threading.Thread | None = None
        self._rests_until = 0.0

    def nearest(self, box: Toolbox, text: str, language: Language, limit: int, *, has_result: bool = True) -> list[str]:
        """The names of at most `limit` tools, best first; those that show an earlier result only where there is one."""
        by_words = box.index.shortlist(text, language, limit, has_result=has_result)
        by_meaning = self._by_meaning(box, text, limit)
        return joined(by_words, by_meaning)[:limit] if by_meaning else by_words

    def wait(self, seconds: float) -> bool:
        """Waits until no points are being made; whether that is so."""
        making = self._making
        if making is not None:
            making.join(seconds)
        return making is None or not making.is_alive()

    def _by_meaning(self, box: Toolbox, text: str, limit: int) -> list[str]:
        if self._embedder is None or self._monotonic() < self._rests_until:
            return []
        ready = self._ready
        if ready is None or ready[0] != box.etag:
            self._make(box, self._embedder)
            return []
        try:
            (point,) = self._embedder.embed([text[:LONGEST_TEXT_CHARS]], QUESTION_SECONDS)
            return _nearest(ready, point, limit)
        except (ModelUnavailable, ContractBroken, ValueError) as error:
            self._failed(error)
            return []

    def _make(self, box: Toolbox, embedder: Embedder) -> None:
        with self._mutex:
            if self._making is None or not self._making.is_alive():
                self._making = threading.Thread(
                    target=self._make_points, args=(box, embedder), name="shortlist", daemon=True
                )
                self._making.start()

    def _make_points(self, box: Toolbox, embedder: Embedder) -> None:
        """The points of all tools; those of unchanged tools are kept from the registry before."""
        texts = {name: text_of(tool) for name, tool in box.tools.items()}
        points = {text: self._points[text] for text in texts.values() if text in self._points}
        missing = [text for text in dict.fromkeys(texts.values()) if text not in points]
        try:
            for first in range(0, len(missing), BATCH_TEXTS):
                batch = missing[first : first + BATCH_TEXTS]
                points.update(zip(batch, embedder.embed(batch, BATCH_SECONDS), strict=True))
            matrix = _unit(np.array([points[text] for text in texts.values()], dtype=np.float32))
        except (ModelUnavailable, ContractBroken, ValueError) as error:
            self._failed(error)
            return
        self._points = points
        self._ready = (box.etag, tuple(texts), matrix)

    def _failed(self, error: Exception) -> None:
        self._rests_until = self._monotonic() + REST_SECONDS
        LOG.warning("embedding_failed", error=type(error).__name__)


def text_of(tool: ToolSpec) -> str:
    """What a tool is about, in all its languages."""
    examples = (example for examples in tool.examples.values() for example in examples)
    return "\n".join((*tool.titles.values(), tool.description, *examples))[:LONGEST_TEXT_CHARS]


def _nearest(ready: tuple[str, tuple[str, ...], Matrix], point: Sequence[float], limit: int) -> list[str]:
    _, names, matrix = ready
    likeness = matrix @ _unit(np.array([point], dtype=np.float32))[0]
    return [names[place] for place in np.argsort(-likeness, kind="stable")[:limit]]


def _unit(points: Matrix) -> Matrix:
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points / np.where(lengths == 0, 1, lengths), dtype=np.float32)
