"""The first of three walls around the database: only one SELECT that we understand completely passes.

The text that runs is printed from what was understood, never the one that came in: MariaDB executes some comments
(https://mariadb.com/kb/en/comment-syntax/), and quoting is read in more than one way. The walls behind it are a
read-only session with limits and a database user that may only SELECT.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from executor_service.connectors.guard.places import check_tables
from executor_service.connectors.guard.syntax import ALLOWED, ALLOWED_NAMES, SECRET_WORDS
from shared.errors import QueryRefused

DIALECT = "mysql"
MAX_CHARS = 10_000
MAX_NODES = 2_000


def guarded(sql: str, tables: frozenset[str], *, limit: int) -> str:
    """The question as it may run, with at most `limit` rows; raises QueryRefused that says what is wrong with it."""
    if len(sql) > MAX_CHARS or (not sql.isprintable() and _has_control(sql)):
        raise QueryRefused(f"it is longer than {MAX_CHARS} characters or holds control characters")
    try:
        _check_tokens(sql)
        root = _single(sqlglot.parse(sql, read=DIALECT))
        _check_nodes(root)
        check_tables(root, tables)
        return _printed(_limited(root, limit))
    except SqlglotError as error:
        raise QueryRefused("it is not a SELECT that I understand") from error
    except RecursionError as error:
        raise QueryRefused("it is nested too deeply") from error


def _has_control(sql: str) -> bool:
    return any(not char.isprintable() and char not in "\n\r\t " for char in sql)


def _check_tokens(sql: str) -> None:
    """No comments of any kind, seen as the parser sees them: `LIKE '%--%'` has none."""
    tokens = sqlglot.tokenize(sql, read=DIALECT)
    if any(token.comments for token in tokens) or any(token.token_type.name == "HINT" for token in tokens):
        raise QueryRefused("comments are not allowed")


def _single(statements: list[exp.Expr | None]) -> exp.Expr:
    found = [one for one in statements if one is not None]
    if len(found) != 1:
        raise QueryRefused("it must be exactly one SELECT")
    if not isinstance(found[0], exp.Select | exp.SetOperation):
        raise QueryRefused("it must be a SELECT")
    return found[0]


def _check_nodes(root: exp.Expr) -> None:
    for number, node in enumerate(root.walk()):
        if number > MAX_NODES:
            raise QueryRefused("it is too long")
        _check_node(node)


def _check_node(node: exp.Expr) -> None:
    if isinstance(node, exp.Anonymous):
        if str(node.this).lower() not in ALLOWED_NAMES:
            raise QueryRefused(f"the function {node.name.upper()} is not allowed")
    elif type(node) not in ALLOWED:
        raise QueryRefused(f"{node.key.upper()} is not allowed")
    elif isinstance(node, exp.With) and node.args.get("recursive"):
        raise QueryRefused("WITH RECURSIVE is not allowed")
    elif isinstance(node, exp.Join):
        _check_join(node)
    elif isinstance(node, exp.Column):
        _check_column(node)
    elif isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
        raise QueryRefused("columns must be named; * is allowed in COUNT(*) only")


def _check_column(column: exp.Column) -> None:
    if column.args.get("db") or column.args.get("catalog"):
        raise QueryRefused("columns are named without their database")
    _check_name(column.name)


def _check_join(join: exp.Join) -> None:
    """A join compares columns too, and a NATURAL one does not even say which."""
    if str(join.args.get("method") or "").upper() == "NATURAL":
        raise QueryRefused("a NATURAL JOIN does not say which columns it compares")
    for column in join.args.get("using") or ():
        _check_name(column.name)


def _check_name(column: str) -> None:
    name = column.lower()
    if name.startswith("_") or any(word in name for word in SECRET_WORDS):
        raise QueryRefused(f"the column {column!r} cannot be asked")


def _limited(root: exp.Expr, limit: int) -> exp.Expr:
    """With a LIMIT no higher than ours; an OFFSET stays."""
    clause = root.args.get("limit")
    wanted = clause.expression if isinstance(clause, exp.Limit) else None
    if isinstance(wanted, exp.Literal) and wanted.is_int and int(wanted.this) <= limit:
        return root
    assert isinstance(root, exp.Query)
    return root.limit(limit, copy=False)


def _printed(root: exp.Expr) -> str:
    """Read again it must mean the same: a text that does not was quoted in a way that somebody could use."""
    text = root.sql(dialect=DIALECT, comments=False)
    if sqlglot.parse_one(text, read=DIALECT).sql(dialect=DIALECT) != text:
        raise QueryRefused("it is written in a way that can be read twice")
    return text
