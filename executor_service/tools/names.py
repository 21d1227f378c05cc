"""Finding who or what is called something."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from executor_service.erp.protocol import Erp, Match
from executor_service.erp.titles import with_titles
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.kinds import DocumentKind, document_kinds
from executor_service.tools.saying import said_box
from shared.contracts.results import Cell, Column, Table, Text
from shared.errors import ErpNotPermitted

LOOKED_THROUGH = ("Customer", "Supplier", "Item", "Lead")
MAX_OF_EACH = 10


def names_box() -> Toolbox:
    """The tool `names.search`."""
    return said_box("names", (search,))


def search(context: ToolContext, text: Annotated[str, Field(description="A name, or a part of it.")]) -> Table | Text:
    """Customers, suppliers, items and leads whose name contains the text.

    Kinds that the person may not see are left out.
    """
    wanted = text.strip()
    found = _found(context.erp, wanted)
    texts, language = executor_texts(), context.language
    if not found:
        return Text(text=texts.say(language, "names_none", text=wanted))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (match.title or match.name, kind.one[language], match.name if match.title else None, match.description or None)
        for kind, match in found
    )
    columns = ("title", "kind", "number", "details")
    return Table(
        title=texts.say(language, "names_title", text=wanted),
        columns=tuple(Column(name=name, label=texts.say(language, f"column_{name}")) for name in columns),
        rows=rows,
        label="title",
        row_count=len(rows),
    )


def _found(erp: Erp, text: str) -> list[tuple[DocumentKind, Match]]:
    found: list[tuple[DocumentKind, Match]] = []
    refused: list[ErpNotPermitted] = []
    for doctype in LOOKED_THROUGH:
        try:
            matches = with_titles(erp, doctype, erp.search(doctype, text, limit=MAX_OF_EACH))
        except ErpNotPermitted as error:
            refused.append(error)
        else:
            found += [(document_kinds()[doctype], match) for match in matches]
    if len(refused) == len(LOOKED_THROUGH):
        raise refused[0]
    return found
