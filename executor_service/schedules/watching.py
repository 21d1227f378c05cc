"""The tool with which people ask to be told when something happens to documents, as their ERP tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from executor_service.registry.context import RunningContext
from executor_service.registry.parameters import Spoken
from executor_service.schedules.model import Occasion, What
from executor_service.schedules.owners import WINDOWED, owner_of
from executor_service.schedules.schedules import Schedules, Wanted
from executor_service.tools.kinds import Kind, document_kinds
from executor_service.tools.reference import find_document
from shared.contracts.base import Language
from shared.contracts.results import Choice
from shared.errors import ToolFailed
from shared.texts import Texts

TOOL = "document.show"
"""What is said of a document when something happened to it."""

Hears = Callable[[str], bool]
"""Whether the ERP of a connection tells us what happens in it."""
Happening = Annotated[What, Field(description="What is to happen: created (it comes in), approved (submitted), ...")]
Named = Annotated[str, Field(description="The one document's number; empty for any of the kind.")]
OfKind = Annotated[
    Kind,
    Field(description="Which kind of document; known from most numbers."),
    Spoken(es=("de cada", "cualquier"), pt=("de cada", "qualquer"), en=("any", "every")),
]


class Watching:
    def __init__(self, schedules: Schedules, hears: Hears, texts: Texts) -> None:
        self._schedules = schedules
        self._hears = hears
        self._texts = texts

    def watch(
        self, context: RunningContext, what: Happening, name: Named = "", kind: OfKind | None = None
    ) -> str | Choice:
        """Tells the person as soon as a document is created, approved, cancelled or changed in the ERP.

        For one document by its number, or for all of a kind ("when an order comes in"). For a measure that crosses a
        limit use schedule.alert.
        """
        owner = owner_of(context)
        if not self._hears(self._schedules.connection_of(owner)):
            raise ToolFailed(text=self._texts.say(context.language, "no_webhook"))
        found = self._subject(context, name, kind)
        if isinstance(found, Choice):
            return found
        doctype, known, title = found
        occasion = Occasion(connection_id=self._schedules.connection_of(owner), doctype=doctype, name=known, what=what)
        arguments = {"kind": doctype, "name": known}
        made = self._schedules.create(
            owner, Wanted(tool=TOOL, arguments=arguments, cron="", occasion=occasion, title=title)
        )
        when = self._texts.say(context.language, f"occasion_{what}")
        said = self._texts.say(context.language, "watch_created", title=made.title, when=when)
        hint = f"\n{self._texts.say(context.language, 'window')}" if owner.channel == WINDOWED else ""
        return said + hint

    def _subject(self, context: RunningContext, name: str, kind: Kind | None) -> tuple[str, str, str] | Choice:
        """Doctype, name and title of what is watched, which the person may read now; raises what the ERP says."""
        language: Language = context.language
        if name.strip():
            found = find_document(context, name, kind)
            if isinstance(found, Choice):
                return found
            of, document = found
            return of.doctype, str(document["name"]), f"{of.one[language]} {document['name']}"
        if kind is None:
            raise ToolFailed(text=self._texts.say(language, "watch_which"))
        context.erp.count(kind, [])
        return kind, "", document_kinds()[kind].many[language]
