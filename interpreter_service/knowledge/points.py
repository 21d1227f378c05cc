"""The vectors of chunks: those that are stored, held as one matrix, and those still to be made."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, func, or_, select, update

from interpreter_service.knowledge.model import indexed_text
from interpreter_service.knowledge.tables import chunks
from shared.database import Database

Matrix = NDArray[np.float32]
MAX_POINTS = 100_000
"""Vectors that are compared one by one; a larger knowledge base is searched by its words, then by the nearest."""
LONGEST_TEXT_CHARS = 4_000


@dataclass(frozen=True)
class Points:
    """Unit vectors of chunks by their ids."""

    ids: NDArray[np.int64]
    matrix: Matrix

    def nearest(self, vector: Sequence[float], limit: int) -> list[tuple[int, float]]:
        """The ids of the nearest chunks with their likeness, from -1 to 1; none for a vector of another size."""
        if not len(self.ids) or self.matrix.shape[1] != len(vector):
            return []
        likeness = self.matrix @ unit(vector)
        places = np.argsort(-likeness, kind="stable")[:limit]
        return [(int(self.ids[place]), float(likeness[place])) for place in places]


class PointStore:
    """Reads and writes vectors of one model; the matrix is read again only when there are others."""

    def __init__(self, database: Database, model: str) -> None:
        self.model = model
        self._database = database
        self._mutex = threading.Lock()
        self._kept: tuple[tuple[int, int], Points] | None = None

    def points(self) -> Points:
        """All vectors of the model, at most MAX_POINTS of them."""
        with self._mutex:
            with self._database.read() as connection:
                count, newest = connection.execute(STATE, {"model": self.model}).one()
                state = (int(count), int(newest or 0))
                if self._kept is None or self._kept[0] != state:
                    rows = connection.execute(VECTORS, {"model": self.model, "most": MAX_POINTS}).all()
                    self._kept = (state, _points([(int(row[0]), bytes(row[1])) for row in rows]))
            return self._kept[1]

    def missing(self, limit: int) -> list[tuple[int, str]]:
        """Chunks without a vector of the model, each with its text."""
        with self._database.read() as connection:
            rows = connection.execute(MISSING, {"model": self.model, "most": limit}).all()
        return [(int(row.id), indexed_text(row.heading, row.text)[:LONGEST_TEXT_CHARS]) for row in rows]

    def save(self, vectors: Sequence[tuple[int, Sequence[float]]]) -> None:
        """Those of chunks that are gone meanwhile are dropped."""
        rows = [
            {"of": chunk_id, "made": unit(vector).astype("<f4").tobytes(), "by": self.model}
            for chunk_id, vector in vectors
        ]

        def work(connection: Connection) -> None:
            for row in rows:
                connection.execute(SAVE, row)

        self._database.write(work)


def unit(vector: Sequence[float]) -> Matrix:
    """The vector at length 1."""
    made = np.asarray(vector, dtype=np.float32)
    length = float(np.linalg.norm(made))
    return made / length if length else made


def _points(rows: Sequence[tuple[int, bytes]]) -> Points:
    """Vectors of the commonest size: a model that was changed under the same name gives others."""
    sizes = [len(vector) for _, vector in rows]
    size = max(set(sizes), key=sizes.count) if sizes else 0
    kept = [(chunk_id, vector) for chunk_id, vector in rows if len(vector) == size]
    matrix = np.frombuffer(b"".join(vector for _, vector in kept), dtype="<f4").astype(np.float32)
    return Points(np.array([one for one, _ in kept], dtype=np.int64), matrix.reshape(len(kept), size // 4))


STATE = select(func.count(), func.max(chunks.c.id)).where(chunks.c.vector_model == bindparam("model"))
VECTORS = (
    select(chunks.c.id, chunks.c.vector)
    .where(chunks.c.vector_model == bindparam("model"))
    .order_by(chunks.c.id)
    .limit(bindparam("most"))
)
MISSING = (
    select(chunks.c.id, chunks.c.heading, chunks.c.text)
    .where(or_(chunks.c.vector_model.is_(None), chunks.c.vector_model != bindparam("model")))
    .order_by(chunks.c.id)
    .limit(bindparam("most"))
)
SAVE = (
    update(chunks).where(chunks.c.id == bindparam("of")).values(vector=bindparam("made"), vector_model=bindparam("by"))
)
