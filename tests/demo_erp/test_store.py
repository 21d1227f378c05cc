"""The copy of the data: unpacked once, kept over restarts, safe between threads."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from demo_erp import create_app, unpack
from demo_erp.store import Store, fold
from tests.demo_erp.conftest import Ask


def test_writes_survive_a_restart_and_unpacking_starts_anew(tmp_path: Path) -> None:
    file = tmp_path / "demo.sqlite3"
    create_app(file).extensions["demo_erp"].close()
    store = Store(file)
    with store.transaction():
        store.execute("DELETE FROM tabBrand")
    store.close()
    app = create_app(file)
    assert app.extensions["demo_erp"].value("SELECT count(*) FROM tabBrand") == 0
    app.extensions["demo_erp"].close()
    unpack(file)
    fresh = Store(file)
    assert fresh.value("SELECT count(*) FROM tabBrand") == 10
    fresh.close()


def test_threads_write_side_by_side_without_losing_anything(ask: Ask) -> None:
    def create(number: int) -> str:
        body = {"customer": "Pedro Condori", "delivery_date": "2026-11-27"}
        answer = ask(
            "POST", "/api/resource/Sales Order", json=body | {"items": [{"item_code": "HER-001", "qty": number + 1}]}
        )
        name: str = answer.get_json()["data"]["name"]
        return name

    with ThreadPoolExecutor(8) as threads:
        names = list(threads.map(create, range(24)))
    assert len(set(names)) == 24
    assert max(names) == "SAL-ORD-2026-00078"


def test_transaction_that_fails_is_undone(tmp_path: Path) -> None:
    unpack(tmp_path / "demo.sqlite3")
    store = Store(tmp_path / "demo.sqlite3")
    with pytest.raises(sqlite3.OperationalError):
        empty_and_fail(store)
    assert store.value("SELECT count(*) FROM tabBrand") == 10
    store.close()


def empty_and_fail(store: Store) -> None:
    """A transaction whose second statement is none."""
    with store.transaction():
        store.execute("DELETE FROM tabBrand")
        store.execute("no sql at all")


@pytest.mark.parametrize(
    ("one", "other"), [("Ferretería", "ferreteria"), ("ÑAHUI", "nahui"), ("Perú ", "PERU"), ("ß", "ss")]
)
def test_fold_makes_texts_equal_that_the_collation_calls_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)
