"""Flows that come from elsewhere become drafts; those that call each other keep doing so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from executor_service.flows.checks.checks import FindingView
from executor_service.flows.desk import FlowDesk
from executor_service.flows.importing.formats import FormatName, read_flows
from executor_service.flows.importing.imported import Imported, texts_of
from executor_service.flows.importing.report import Note, NoteView, in_words
from executor_service.flows.model import Flow, FlowNode
from executor_service.flows.store import StoredFlow
from shared.contracts.base import Language

MAX_NAME_CHARS = 120
CALLS = ("call", "goto")


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A new draft: what did not come over as it was, and what the checks say of it."""

    stored: StoredFlow
    notes: tuple[NoteView, ...]
    findings: tuple[FindingView, ...]


class Arrivals:
    """Where files of flows come in."""

    def __init__(self, desk: FlowDesk) -> None:
        self._desk = desk
        self._texts = texts_of()

    def take(
        self,
        document: Any,
        *,
        language: Language,
        by: str,
        format_name: FormatName | None = None,
        spoken: Language | None = None,
        name: str | None = None,
        otherwise: str = "Import",
    ) -> tuple[Arrived, ...]:
        """A draft for each flow of the file; `spoken` is the language of its texts, `language` that of the report.

        `name` is for the only flow of a file, `otherwise` for those without a name.

        Raises InvalidArguments for a file that cannot be imported; then nothing is stored.
        """
        found = read_flows(document, format_name, spoken)
        own = name if len(found) == 1 else None
        made = [self._create(one, own or one.name or otherwise, by) for one in found]
        ids = {one.key: stored.id for one, stored in zip(found, made, strict=True)}
        linked = [self._link(stored, ids, by) for stored in made]
        return tuple(self._arrived(one, stored, ids, language) for one, stored in zip(found, linked, strict=True))

    def _create(self, one: Imported, name: str, by: str) -> StoredFlow:
        return self._desk.store.create(name.strip()[:MAX_NAME_CHARS], one.flow, description=one.description, by=by)

    def _link(self, stored: StoredFlow, ids: Mapping[str, str], by: str) -> StoredFlow:
        linked = with_calls(stored.draft, ids)
        if linked == stored.draft:
            return stored
        return self._desk.store.save(stored.id, linked, revision=stored.revision, by=by)

    def _arrived(self, one: Imported, stored: StoredFlow, ids: Mapping[str, str], language: Language) -> Arrived:
        notes = without_settled(one.notes, ids)
        findings = self._desk.check_draft(stored.id, stored.draft, language)
        return Arrived(stored=stored, notes=in_words(notes, language, self._texts), findings=findings)


def with_calls(flow: Flow, ids: Mapping[str, str]) -> Flow:
    """The flow with calls of flows that came along leading to their new ids."""
    return flow.model_copy(update={"nodes": tuple(_with_call(node, ids) for node in flow.nodes)})


def without_settled(notes: Sequence[Note], ids: Mapping[str, str]) -> list[Note]:
    """A called flow that came in the same file wants nobody's hand."""
    return [one for one in notes if one.key != "called_flow" or one.params.get("id", "") not in ids]


def _with_call(node: FlowNode, ids: Mapping[str, str]) -> FlowNode:
    called = node.data.config.get("flow_id") if node.data.type in CALLS else None
    if not isinstance(called, str) or called not in ids:
        return node
    config = {**node.data.config, "flow_id": ids[called]}
    return node.model_copy(update={"data": node.data.model_copy(update={"config": config})})
