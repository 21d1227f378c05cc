"""Planned statements give what SQLAlchemy gives, the first time and every time after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, String, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, MultipleResultsFound, NoResultFound, StatementError

from shared.database import Database, UtcDateTime, json_type, new_metadata

TIMES = range(4)
AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
metadata = new_metadata()
notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), unique=True),
    Column("at", UtcDateTime()),
    Column("data", json_type()),
    Column("done", Boolean),
    Column("tries", Integer, default=7),
)
ADD = insert(notes)
ADD_GIVING = insert(notes).returning(notes.c.id, notes.c.name)
BY_NAME = select(notes).where(notes.c.name == bindparam("wanted"))
SOME = select(notes.c.name).where(notes.c.name.in_(bindparam("names", expanding=True))).order_by(notes.c.name)
END = update(notes).where(notes.c.name == bindparam("wanted"), notes.c.done.is_(False)).values(done=True)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'notes.sqlite3'}")
    database.write(metadata.create_all)
    yield database
    database.close()


def run(database: Database, statement: Any, params: Any = None) -> Any:
    return database.write(lambda connection: connection.execute(statement, params))


def note(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "at": AT, "data": {"a": [1, "ñ"]}, "done": False, "tries": 0, **more}


def test_rows_are_the_same_every_time(database: Database) -> None:
    run(database, ADD, note("a"))
    for _ in TIMES:
        row = run(database, BY_NAME, {"wanted": "a"}).one()
        assert tuple(row) == (1, "a", AT, {"a": [1, "ñ"]}, False, 0)
        assert (row.name, row.at, row._mapping["done"]) == ("a", AT, False)
        assert run(database, BY_NAME, {"wanted": "b"}).first() is None


def test_inserts_give_what_they_made(database: Database) -> None:
    made = [run(database, ADD_GIVING, note(f"n{n}", data=None, at=None)).one() for n in TIMES]
    assert [(row.id, row.name) for row in made] == [(n + 1, f"n{n}") for n in TIMES]
    with database.read() as connection:
        assert {(row.at, row.data) for row in connection.execute(select(notes))} == {(None, None)}


def test_defaults_of_columns_are_kept(database: Database) -> None:
    for n in TIMES:
        run(database, ADD, {"name": f"n{n}"})
        run(database, ADD, {"name": f"m{n}", "tries": None})
    with database.read() as connection:
        assert set(connection.execute(select(notes.c.tries)).scalars()) == {7, None}


def test_changes_are_counted(database: Database) -> None:
    run(database, ADD, [note(f"n{n}") for n in TIMES])
    assert [run(database, END, {"wanted": f"n{n}"}).rowcount for n in TIMES] == [1] * len(TIMES)
    assert [run(database, END, {"wanted": "n0"}).rowcount for _ in TIMES] == [0] * len(TIMES)
    assert run(database, delete(notes)).rowcount == len(TIMES)


def test_lists_of_values_are_found(database: Database) -> None:
    run(database, ADD, [note(f"n{n}") for n in TIMES])
    for n in TIMES:
        names = [f"n{one}" for one in range(n + 1)]
        assert list(run(database, SOME, {"names": names}).scalars()) == names


def test_a_statement_made_from_a_planned_one_has_a_plan_of_its_own(database: Database) -> None:
    run(database, ADD, [note("a"), note("b", done=True)])
    everything = select(notes.c.name).order_by(notes.c.name)
    for _ in TIMES:
        assert list(run(database, everything).scalars()) == ["a", "b"]
        done = everything.where(notes.c.done.is_(True))
        assert [list(run(database, done).scalars()) for _ in TIMES] == [["b"]] * len(TIMES)


def test_other_names_of_parameters_make_another_statement(database: Database) -> None:
    change = update(notes).where(notes.c.name == bindparam("wanted"))
    run(database, ADD, note("a"))
    for n in TIMES:
        run(database, change, {"wanted": "a", "tries": n})
        run(database, change, {"wanted": "a", "data": [n]})
        assert run(database, select(notes.c.tries, notes.c.data)).one() == (n, [n])


def test_failures_are_those_of_sqlalchemy_and_do_nothing(database: Database) -> None:
    for n in TIMES:
        run(database, ADD, note(f"n{n}"))
        with pytest.raises(IntegrityError):
            run(database, ADD, note("n0"))
        with pytest.raises(StatementError, match="a time needs a zone"):
            run(database, ADD, note("x", at=datetime(2026, 1, 1)))  # noqa: DTZ001  that is what is wrong
        with pytest.raises(StatementError, match="wanted"):
            run(database, BY_NAME)
    assert run(database, select(func.count()).select_from(notes)).scalar_one() == len(TIMES)


def test_one_row_is_what_is_asked_for_or_an_error(database: Database) -> None:
    names = select(notes.c.name)
    for _ in TIMES:
        with pytest.raises(NoResultFound):
            run(database, names).scalar_one()
    run(database, ADD, [note("a"), note("b")])
    for _ in TIMES:
        with pytest.raises(MultipleResultsFound):
            run(database, names).one_or_none()
        assert [row["name"] for row in run(database, names).mappings()] == ["a", "b"]
