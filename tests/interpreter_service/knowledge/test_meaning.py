"""Searching by meaning: vectors are made in the background, joined with words, and missed without harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.knowledge.model import KnowledgeSettings
from interpreter_service.knowledge.points import PointStore
from interpreter_service.knowledge.tables import metadata
from shared.contracts.knowledge import KnowledgeQuery
from shared.database import Database
from shared.errors import ModelUnavailable
from tests.services.databases import on_both_databases

SUBJECTS = (("garantía", "meses", "cobertura"), ("entrega", "reparto", "mandan"), ("sueldo", "pago al personal"))
SECONDS = 60


@dataclass
class SubjectEmbedder:
    """Texts about the same subject at the same point; `fails` is what it raises instead."""

    fails: Exception | None = None
    embedded: list[str] = field(default_factory=list)

    def embed(self, texts: Sequence[str], seconds: float) -> list[list[float]]:
        if self.fails is not None:
            raise self.fails
        self.embedded += texts
        return [[1.0 * any(word in text for word in words) for words in SUBJECTS] + [0.05] for text in texts]


@dataclass
class World:
    database: Database
    folder: Path
    embedder: SubjectEmbedder = field(default_factory=SubjectEmbedder)

    def base(self, model: str = "m1") -> KnowledgeBase:
        return KnowledgeBase(self.database, self.folder, embedder=self.embedder, embedding_model=model)


@pytest.fixture
def world(database: Database, folder: Path) -> World:
    database.write(metadata.create_all)
    return World(database, folder)


def filled(base: KnowledgeBase) -> KnowledgeBase:
    base.add(b"El taladro lleva 24 meses", "a.txt", by="a")
    base.add(b"El reparto sale los lunes", "b.txt", by="a", groups=("Sales",))
    assert base.meaning is not None
    assert base.meaning.wait(SECONDS)
    return base


def names(base: KnowledgeBase, question: str, *groups: str) -> list[str]:
    return [one.source for one in base.search(KnowledgeQuery(question=question, groups=groups)).passages]


@on_both_databases
def test_passage_without_a_common_word_is_found_by_its_meaning(world: World) -> None:
    base = filled(world.base())
    assert names(base, "cobertura") == ["a.txt"]
    assert [one.vectors for one in base.sources()] == [1, 1]


@on_both_databases
def test_meaning_keeps_to_the_groups_too(world: World) -> None:
    base = filled(world.base())
    assert names(base, "¿cuándo mandan?") == []
    assert names(base, "¿cuándo mandan?", "Sales") == ["b.txt"]


def test_meaning_that_is_too_far_finds_nothing(world: World) -> None:
    base = filled(world.base())
    assert names(base, "clima de mañana") == []
    assert names(base, "cobertura o mandan") == ["a.txt"]
    base.set_settings(KnowledgeSettings(least_likeness=0.9))
    assert names(base, "cobertura o mandan") == []


def test_embedding_model_that_fails_leaves_the_words(world: World) -> None:
    base = filled(world.base())
    world.embedder.fails = ModelUnavailable("down")
    assert names(base, "taladro") == ["a.txt"]
    assert names(base, "cobertura") == []


def test_vectors_that_could_not_be_made_come_with_a_reindex(world: World) -> None:
    world.embedder.fails = ModelUnavailable("down")
    base = filled(world.base())
    assert [one.vectors for one in base.sources()] == [0, 0]
    world.embedder.fails = None
    later = world.base()
    later.reindex(base.sources()[0].id)
    assert later.meaning is not None
    assert later.meaning.wait(SECONDS)
    assert [one.vectors for one in later.sources()] == [1, 1]


def test_another_model_makes_its_own_vectors(world: World) -> None:
    first = filled(world.base())
    second = world.base("m2")
    assert [one.vectors for one in second.sources()] == [0, 0]
    assert names(second, "cobertura") == []
    second.reindex(first.sources()[0].id)
    assert second.meaning is not None
    assert second.meaning.wait(SECONDS)
    assert names(second, "cobertura") == ["a.txt"]


def test_vectors_of_another_size_are_left_out(world: World) -> None:
    base = filled(world.base())
    store = PointStore(world.database, "m1")
    ids = list(store.points().ids)
    store.save([(int(ids[0]), [1.0, 2.0])])
    assert names(base, "taladro") == ["a.txt"]
    assert store.points().nearest([1.0, 2.0, 3.0], 5) == []
