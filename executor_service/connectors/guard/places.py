"""Which tables a question really reads: a name is a table of the site unless a WITH clause before it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from shared.errors import QueryRefused

MAX_CTES = 20


def check_tables(root: exp.Expr, allowed: frozenset[str]) -> None:
    """Raises QueryRefused for a table that is not allowed, and for a WITH clause that hides one."""
    names = [one.alias_or_name for one in root.find_all(exp.CTE)]
    lowered = {name.lower() for name in names}
    if len(names) > MAX_CTES or len(lowered) != len(names):
        raise QueryRefused("each name in a WITH clause must be another one")
    if lowered & {name.lower() for name in allowed}:
        raise QueryRefused("a WITH clause cannot be called like a table")
    for table in root.find_all(exp.Table):
        _check(table, allowed)


def _check(table: exp.Table, allowed: frozenset[str]) -> None:
    if not isinstance(table.this, exp.Identifier):
        raise QueryRefused("a function is no table")
    if table.args.get("db") or table.args.get("catalog"):
        raise QueryRefused("tables are named without their database")
    name = table.name
    if name not in allowed and name.lower() not in _named_before(table):
        raise QueryRefused(f"the table {name!r} cannot be asked")


def _named_before(node: exp.Expr) -> Iterator[str]:
    """The names that WITH clauses give to what stands at this place; none is known inside its own definition."""
    below, above = node, node.parent
    while above is not None:
        if isinstance(above, exp.With):
            for cte in above.expressions:
                if cte is below:
                    break
                yield cte.alias_or_name.lower()
        clause = above.args.get("with_")
        if clause is not None and clause is not below:
            yield from (cte.alias_or_name.lower() for cte in clause.expressions)
        below, above = above, above.parent
