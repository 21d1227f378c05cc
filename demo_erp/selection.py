"""The columns of a list: own fields, rows of a child table, fields of a linked document, sums."""

from __future__ import annotations

import re
from dataclasses import dataclass

from demo_erp.errors import FrappeError
from demo_erp.meta import UNSHOWN, DocType
from demo_erp.site import Call
from demo_erp.store import quoted

_ALIASED = re.compile(r"^(?P<source>.+?)(?:\s+as\s+[`'\"]?(?P<alias>\w+)[`'\"]?)?$", re.IGNORECASE | re.DOTALL)
_AGGREGATE = re.compile(r"^(?P<function>sum|count|avg|min|max)\((?P<distinct>distinct\s+)?(?P<of>[^()]+)\)$", re.I)
_OF_TABLE = re.compile(r"^`tab(?P<doctype>[^`]+)`\.`?(?P<field>\w+|\*)`?$")
_WORD = re.compile(r"[a-z_]\w*", re.IGNORECASE)
_SQL_WORDS = frozenset(
    [
        "select",
        "from",
        "where",
        "limit",
        "order",
        "by",
        "group",
        "as",
        "and",
        "or",
        "distinct",
        "union",
        "join",
        "on",
        "in",
    ]
)


@dataclass(frozen=True)
class Selected:
    """One column of the answer: its SQL and the name under which it comes back."""

    sql: str
    alias: str
    doctype: DocType | None = None


class Selection:
    """Resolves names to columns of one DocType and collects the joins that they need."""

    def __init__(self, call: Call, doctype: DocType) -> None:
        self._call = call
        self._doctype = doctype
        self._joined: dict[str, str] = {}

    @property
    def joins(self) -> list[str]:
        """The JOIN clauses for what was resolved so far."""
        return list(self._joined.values())

    @property
    def joins_link(self) -> bool:
        """Whether a field of a linked document was asked for."""
        return any(alias.startswith("link_") for alias in self._joined)

    def select(self, text: object) -> list[Selected]:
        """The columns that one entry of `fields` asks for."""
        match = _ALIASED.match(str(text).strip())
        source, alias = (match["source"].strip(), match["alias"]) if match else (str(text), None)
        if source in ("*", f"`tab{self._doctype.name}`.*"):
            names = [name for name in self._call.store.columns(self._doctype.name) if name not in UNSHOWN]
            return [self.column(name) for name in names]
        aggregate = _AGGREGATE.match(source)
        if aggregate:
            of = "t.name" if aggregate["of"].strip() == "*" else self.column(aggregate["of"].strip()).sql
            distinct = "DISTINCT " if aggregate["distinct"] else ""
            return [Selected(f"{aggregate['function']}({distinct}{of})", alias or source)]
        column = self.column(source)
        return [Selected(column.sql, alias or column.alias, column.doctype)]

    def column(self, source: str) -> Selected:
        """One column by name: `field`, `` `tabX`.`field` ``, `table.field` or `link.field`."""
        own = self._own(source)
        if own:
            return own
        of_table = _OF_TABLE.match(source)
        if of_table:
            return self.column_of(of_table["doctype"], of_table["field"])
        if re.fullmatch(r"\w+\.\w+", source):
            return self._through(*source.split("."))
        raise self.unknown(source)

    def column_of(self, doctype_name: str, name: str) -> Selected:
        """One column of the DocType itself or of one of its child tables."""
        if doctype_name == self._doctype.name:
            return self._own(name) or self._fail(name)
        for table in self._doctype.tables:
            if table.options == doctype_name:
                return self._through(table.fieldname, name)
        return self._fail(name)

    def unknown(self, source: str) -> FrappeError:
        """The 417 that names the first word which is no field."""
        words = [word for word in _WORD.findall(source) if word.lower() not in _SQL_WORDS]
        unknown = next((word for word in words if not self._own(word)), source)
        return self._call.refuse("unknown_field", kind="frappe.exceptions.DataError", field=unknown)

    def _own(self, name: str) -> Selected | None:
        bare = name.strip("`")
        if bare not in self._call.store.columns(self._doctype.name):
            return None
        return Selected(f"t.{quoted(bare)}", bare, self._doctype)

    def _through(self, first: str, name: str) -> Selected:
        field = self._doctype.by_name.get(first)
        if field is None or name not in self._call.store.columns(field.options):
            return self._fail(name)
        table = quoted(f"tab{field.options}")
        if field.fieldtype.startswith("Table"):
            alias = f"table_{first}"
            on = f"{alias}.parent = t.name AND {alias}.parenttype = '{self._doctype.name}'"
            on += f" AND {alias}.parentfield = '{first}'"
        else:
            alias = f"link_{first}"
            on = f"{alias}.name = t.{quoted(first)}"
        self._joined[alias] = f"LEFT JOIN {table} AS {alias} ON {on}"
        return Selected(f"{alias}.{quoted(name)}", name, self._call.site.meta.doctypes.get(field.options))

    def _fail(self, name: str) -> Selected:
        raise self.unknown(name)
