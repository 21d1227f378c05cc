"""Global variables: what all flows share. Secret ones are sealed and leave only into headers of requests."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, select

from executor_service.flows.variable_tables import variables
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import InvalidArguments
from shared.logs import get_logger
from shared.secrets import SecretBox
from shared.upserts import put as put_row

VariableType = Literal["string", "number", "boolean", "json"]
MAX_BYTES = 200_000
MAX_VARIABLES = 500
NAME_PATTERN = r"^[A-Za-z_][A-Za-z0-9_]{0,59}$"

_PLAIN = select(variables).where(variables.c.is_secret.is_(False)).order_by(variables.c.name)
_ALL = select(variables).order_by(variables.c.name)


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One variable; the `value` of a secret one is None, always."""

    name: str
    type: VariableType
    is_secret: bool
    value: Any = field(repr=False)
    updated_at: datetime
    updated_by: str


class Variables:
    """The stored variables. `actor` is the id of a user of the console, or `flow`."""

    def __init__(self, database: Database, box: SecretBox, *, now: Clock = utc_now) -> None:
        self._database = database
        self._box = box
        self._now = now

    def list(self) -> tuple[Variable, ...]:
        """All by name, secrets without their values."""
        with self._database.read() as connection:
            return tuple(_variable(row) for row in connection.execute(_ALL))

    def read(self, connection: Connection) -> dict[str, Any]:
        """What `global.*` shows: never a secret."""
        return {row.name: row.held["value"] for row in connection.execute(_PLAIN)}

    def secret(self, name: str) -> str | None:
        """A secret as text, for the handler that puts it into a header; None when there is none of that name."""
        with self._database.read() as connection:
            query = select(variables.c.sealed).where(variables.c.name == name, variables.c.is_secret.is_(True))
            sealed = connection.execute(query).scalar_one_or_none()
        if sealed is None:
            return None
        value = json.loads(self._box.open(_record(name), sealed))
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def save(
        self, connection: Connection, name: str, type: VariableType, value: Any, *, is_secret: bool, actor: str
    ) -> Variable:
        """Makes or replaces a variable. Raises InvalidArguments for a value that does not fit."""
        check_value(type, value)
        if _counted(connection, name) >= MAX_VARIABLES:
            raise InvalidArguments(f"there are {MAX_VARIABLES} variables already: delete one first")
        sealed = self._box.seal(_record(name), json.dumps(value)) if is_secret else None
        row = {
            "name": name,
            "type": type,
            "is_secret": is_secret,
            "held": None if is_secret else {"value": value},
            "sealed": sealed,
            "updated_at": self._now(),
            "updated_by": actor,
        }
        put_row(connection, variables, row)
        return _made(row)

    def put(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """What a flow assigned to `global.*`; the type follows the value.

        A secret's name is left as it is, and logged: the sprint that this is part of has happened and must be kept.
        """
        for name, value in values.items():
            query = select(variables.c.is_secret).where(variables.c.name == name)
            if connection.execute(query).scalar_one_or_none():
                get_logger("executor").warning("secret_variable_kept", variable=name)
                continue
            self.save(connection, name, type_of(value), value, is_secret=False, actor="flow")

    def delete(self, connection: Connection, name: str) -> bool:
        return connection.execute(delete(variables).where(variables.c.name == name)).rowcount > 0


def check_value(type: VariableType, value: Any) -> None:
    """Raises InvalidArguments for a value that is not of the type, or too large."""
    fits = {
        "string": isinstance(value, str),
        "number": isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value),
        "boolean": isinstance(value, bool),
        "json": True,
    }
    if not fits[type]:
        raise InvalidArguments(f"the value is no {type}", errors=({"where": "value", "what": f"no {type}"},))
    if len(json.dumps(value, ensure_ascii=False).encode(errors="replace")) > MAX_BYTES:
        raise InvalidArguments(
            f"a variable has at most {MAX_BYTES} bytes", errors=({"where": "value", "what": "size"},)
        )


def type_of(value: Any) -> VariableType:
    """The narrowest type that a value is of."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "json"


def _counted(connection: Connection, name: str) -> int:
    """How many others there are."""
    query = select(func.count()).select_from(variables).where(variables.c.name != name)
    return connection.execute(query).scalar_one()


def _record(name: str) -> str:
    return f"variable:{name}"


def _variable(row: Row[Any]) -> Variable:
    return _made(dict(row._mapping))


def _made(row: Mapping[str, Any]) -> Variable:
    value = None if row["is_secret"] else row["held"]["value"]
    return Variable(
        name=row["name"],
        type=row["type"],
        is_secret=row["is_secret"],
        value=value,
        updated_at=row["updated_at"],
        updated_by=row["updated_by"],
    )
