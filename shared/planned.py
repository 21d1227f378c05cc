"""Statements that are run again and again, without what SQLAlchemy does around each of their executions.

A statement that is kept (a constant of its module) gets a plan at its second execution on SQLite: its SQL, how its
parameters are bound and its columns read, all as SQLAlchemy compiled them. What is special goes the usual way, and so
does what fails, which then raises SQLAlchemy's own errors.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
_PLANS = "_recado_plans"
_USUAL = "usual"  # in place of a plan, for statements that are special


class PlannedConnection(Connection):
    """A connection to SQLite, inside a transaction, whose `execute` knows plans. Results are read at once."""

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        params = {} if parameters is None else parameters
        if execution_options is None and type(params) is dict and not self.engine._has_events:
            plan = _plan_of(statement, params, self)
            if plan is not None and (cursor := self._run(plan, params)) is not None:
                return Rows(plan.read(cursor), cursor.rowcount)
        usual = super().execute(statement, parameters, execution_options=execution_options)
        return Rows(usual.all() if usual.returns_rows else [], usual.rowcount)

    def _run(self, plan: _Plan, params: Mapping[str, Any]) -> Any:
        """None for what fails: it has then done nothing, and is run again the usual way to fail as usual."""
        driver: Any = self.connection.driver_connection
        try:
            return driver.execute(plan.sql, plan.bind(params))
        except Exception:  # noqa: BLE001
            return None


class Rows:
    """A result with what this project asks of one, whichever way its statement was run."""

    def __init__(self, rows: Sequence[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> Sequence[Any]:
        return self._rows

    def first(self) -> Any:
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> Any:
        if len(self._rows) > 1:
            raise MultipleResultsFound("one row was expected, there are more")
        return self.first()

    def one(self) -> Any:
        if not self._rows:
            raise NoResultFound("one row was expected, there is none")
        return self.one_or_none()

    def scalar(self) -> Any:
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:
        row = self.one_or_none()
        return None if row is None else row[0]

    def scalars(self) -> Rows:
        return Rows([row[0] for row in self._rows], self.rowcount)

    def mappings(self) -> Rows:
        return Rows([row._mapping for row in self._rows], self.rowcount)


@dataclass(slots=True)
class _Plans:
    """The plans of one statement."""

    owner: int
    by_names: dict[tuple[str, ...], _Plan | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    # of each parameter in the order of the SQL: its name in `params` or its own value, and what makes it bindable
    binds: tuple[tuple[str | None, Any, Convert | None], ...]
    row: Any
    converts: tuple[tuple[int, Convert], ...]

    def bind(self, params: Mapping[str, Any]) -> list[Any]:
        values = [own if name is None else params[name] for name, own, _ in self.binds]
        return [
            value if convert is None else convert(value)
            for value, (_, _, convert) in zip(values, self.binds, strict=True)
        ]

    def read(self, cursor: Any) -> list[Any]:
        if self.row is None:
            return []
        make, converts = self.row._make, self.converts
        if not converts:
            return [make(found) for found in cursor.fetchall()]
        return [make(_converted(found, converts)) for found in cursor.fetchall()]


def _converted(found: Sequence[Any], converts: tuple[tuple[int, Convert], ...]) -> list[Any]:
    values = list(found)
    for place, convert in converts:
        values[place] = convert(values[place])
    return values


def _plan_of(statement: Any, params: Mapping[str, Any], connection: Connection) -> _Plan | None:
    """The plan of a statement for parameters of these names; made when they are seen for the second time."""
    plans = statement.__dict__.get(_PLANS)
    if plans is None or plans.owner != id(statement):  # another statement may have been made from it, by a copy
        statement.__dict__[_PLANS] = _Plans(id(statement))
        return None
    names = tuple(params)
    plan: _Plan | str | None = plans.by_names.get(names)
    if plan is None:
        plan = plans.by_names[names] = _planned(statement, names, connection) or _USUAL
    return plan if isinstance(plan, _Plan) else None


def _planned(statement: Any, names: tuple[str, ...], connection: Connection) -> _Plan | None:
    compiled = statement.compile(dialect=connection.dialect, column_keys=sorted(names) if names else None)
    if not isinstance(compiled, SQLCompiler) or _is_special(compiled):
        return None
    by_name = {name: bind for bind, name in compiled.bind_names.items()}
    binds: list[tuple[str | None, Any, Any]] = []
    for name in compiled.positiontup or ():
        bind, convert = by_name[name], compiled._bind_processors.get(name)
        if bind.key in names:
            binds.append((bind.key, None, convert))
        elif bind.required:
            return None  # what is missing is told the usual way
        else:
            binds.append((None, bind.effective_value, convert))
    return _Plan(str(compiled), tuple(binds), *_reading(compiled, connection))


def _is_special(compiled: SQLCompiler) -> bool:
    return bool(
        compiled.escaped_bind_names
        or compiled.literal_execute_params
        or compiled.post_compile_params
        or compiled.insert_prefetch
        or compiled.update_prefetch
        or any(isinstance(convert, tuple) for convert in compiled._bind_processors.values())
    )


def _reading(compiled: SQLCompiler, connection: Connection) -> tuple[Any, tuple[tuple[int, Convert], ...]]:
    columns = compiled._result_columns
    if not columns:
        return None, ()
    names = [column.keyname for column in columns]
    base = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    row = type(
        "Row", (base,), {"__slots__": (), "_mapping": property(lambda self: dict(zip(names, self, strict=True)))}
    )
    converts = [column.type._cached_result_processor(connection.dialect, None) for column in columns]
    return row, tuple((place, convert) for place, convert in enumerate(converts) if convert is not None)
