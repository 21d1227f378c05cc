"""Drafts under an optimistic lock, versions that stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from executor_service.flows.model import Flow
from executor_service.flows.store import FlowStore, read_flow
from executor_service.metadata import metadata
from shared.database import Database
from shared.errors import Conflict, InvalidArguments, NotFound
from tests.executor_service.flows.drawing import draw

HELLO = draw(("start", "trigger", {}), ("end", "end", {}))


@pytest.fixture
def store(tmp_path: Path) -> FlowStore:
    database = Database(f"sqlite:///{tmp_path / 'flows.sqlite3'}")
    database.write(metadata.create_all)
    return FlowStore(database)


def test_version_stays_when_the_draft_changes(store: FlowStore) -> None:
    flow = store.create("Hello", HELLO)
    first = store.publish(flow.id)
    store.save(flow.id, Flow(), revision=flow.revision)
    assert store.version(first.id).flow == HELLO
    assert store.publish(flow.id).number == 2
    assert [version.number for version in store.versions(flow.id)] == [2, 1]


def test_save_over_a_change_of_somebody_else_is_a_conflict(store: FlowStore) -> None:
    flow = store.create("Hello", HELLO)
    store.save(flow.id, HELLO, revision=flow.revision, name="Mine")
    with pytest.raises(Conflict, match="load it again"):
        store.save(flow.id, HELLO, revision=flow.revision, name="Theirs")
    assert store.get(flow.id).name == "Mine"


def test_serial_grows_with_what_is_published(store: FlowStore) -> None:
    flow = store.create("Hello", HELLO)
    with pytest.raises(Conflict, match="publish"):
        store.activate(flow.id, True)
    serials = [store.active()[0]]
    store.publish(flow.id)
    serials.append(store.active()[0])
    store.activate(flow.id, False)
    serials.append(store.active()[0])
    assert store.active()[1] == []
    store.delete(flow.id)
    serials.append(store.active()[0])
    assert serials == sorted(set(serials))
    with pytest.raises(NotFound):
        store.get(flow.id)


def test_wrong_flow_is_refused_by_the_place_that_is_wrong() -> None:
    with pytest.raises(InvalidArguments) as refused:
        read_flow({"nodes": [{"id": "a", "data": {"config": 3}}]})
    assert {one["where"] for one in refused.value.errors} == {"nodes.0.data.type", "nodes.0.data.config"}
