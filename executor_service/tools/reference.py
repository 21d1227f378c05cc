"""The one document that somebody means: by its number, a part of it, or a kind and a number ("OC 55")."""

from __future__ import annotations

from dataclasses import dataclass

from executor_service.erp.protocol import Document, Erp
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.tools.kinds import DocumentKind, document_kinds, kind_of_name
from shared.contracts.messages import Option
from shared.contracts.results import Choice
from shared.errors import ErpNotPermitted, NoMatch
from shared.language.folding import fold

MAX_OPTIONS = 10
MIN_PART_CHARS = 3
SERIES_FIGURES = 5


@dataclass(frozen=True)
class Reference:
    """What was said, taken apart: `kind` where it names one, `number` without it."""

    number: str
    kind: DocumentKind | None = None


def read_reference(said: str, kind: str | None = None) -> Reference:
    """`la OC 55` is the purchase order 55; what names no kind stays as it is."""
    text = said.strip().strip("#.,;:¿?¡!")
    known = kind_of_name(text)
    if known is not None or kind:
        return Reference(_last_word(text) if kind and " " in text else text, known or document_kinds()[str(kind)])
    numbered = next((word for word in text.split() if kind_of_name(word)), None)
    if numbered is not None:
        return Reference(numbered.strip("#.,;:¿?¡!"), kind_of_name(numbered))
    folded = f" {fold(text)} "
    found = [
        (len(word), one)
        for one in document_kinds().values()
        for words in (*one.words.values(), one.short)
        for word in words
        if f" {fold(word)} " in folded
    ]
    if not found or not any(char.isdigit() for char in text):
        return Reference(text)
    return Reference(_last_word(text), max(found, key=lambda pair: pair[0])[1])


def find_documents(
    erp: Erp, reference: Reference, *, fields: tuple[str, ...] = ()
) -> list[tuple[DocumentKind, Document]]:
    """The documents of that number: of the kind its series says, of the kind asked for, or of any kind.

    Raises ErpNotPermitted when the person may see none of the kinds looked at.
    """
    known = reference.kind
    kinds = [known] if known else [one for one in document_kinds().values() if one.is_submittable]
    found: list[tuple[DocumentKind, Document]] = []
    refused: list[ErpNotPermitted] = []
    for one in kinds:
        try:
            found += [(one, document) for document in _named(erp, one, reference.number, fields)]
        except ErpNotPermitted as error:
            refused.append(error)
    if len(refused) == len(kinds):
        raise refused[0]
    return found[:MAX_OPTIONS]


def find_document(context: ToolContext, said: str, kind: str | None = None) -> tuple[DocumentKind, Document] | Choice:
    """The whole document that is meant, or a choice of those that fit; raises NoMatch when none does."""
    reference = read_reference(said, kind)
    found = find_documents(context.erp, reference)
    if not found:
        raise NoMatch(f"no document is called {said!r}", text=said, doctype=kind or "document")
    if len(found) > 1:
        return which(found, context)
    ((of, document),) = found
    return of, context.erp.get(of.doctype, document["name"])


def which(found: list[tuple[DocumentKind, Document]], context: ToolContext) -> Choice:
    """The question which of these documents is meant; an option's id is the document's name."""
    options = tuple(
        Option(
            id=str(document["name"]),
            title=str(document["name"]),
            description=f"{kind.one[context.language]} · {document.get(kind.title) or ''}".rstrip(" ·"),
        )
        for kind, document in found
    )
    return Choice(question=executor_texts().say(context.language, "documents_which"), options=options, parameter="name")


def _named(erp: Erp, kind: DocumentKind, name: str, more: tuple[str, ...]) -> list[Document]:
    fields = [field for field in ("name", kind.title, kind.date, *more) if field]
    exact = erp.find(kind.doctype, [("name", "=", name.upper())], fields=fields, limit=1) or erp.find(
        kind.doctype, [("name", "=", name)], fields=fields, limit=1
    )
    if exact:
        return exact
    order = f"{kind.date} desc" if kind.date else ""
    patterns = [f"%-{name.zfill(SERIES_FIGURES)}"] if name.isdigit() else []
    patterns += [f"%{name}%"] if len(name) >= MIN_PART_CHARS else []
    for pattern in patterns:
        found = erp.find(kind.doctype, [("name", "like", pattern)], fields=fields, order_by=order, limit=MAX_OPTIONS)
        if found:
            return found
    return []


def _last_word(text: str) -> str:
    return next((word for word in reversed(text.split()) if any(char.isdigit() for char in word)), text)
