"""A conversation with the pure engine: no database, a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.engine import run
from executor_service.flows.frames import entry_of
from executor_service.flows.inputs import Input, Returned, Said, Started
from executor_service.flows.limits import Limits
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.node import AnyNode, join_nodes
from executor_service.flows.outcomes import MessageOut, Sprint, Trace
from executor_service.flows.session_model import Session
from executor_service.flows.sessions import new_session
from executor_service.flows.world import World
from shared.contracts.messages import ChoicesPart, FilePart, TextPart
from shared.contracts.turns import TextInput
from shared.texts import Texts
from tests.executor_service.flows.drawing import version_of
from tests.executor_service.flows.expressions import TinyExpressions

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
"""Noon in Lima."""
NODES = join_nodes(builtin_nodes())
TEXTS = Texts("executor_service.flows")


@dataclass
class Shelf:
    """Versions by flow; the last one put is the published one."""

    by_id: dict[str, FlowVersion] = field(default_factory=dict)
    newest: dict[str, FlowVersion] = field(default_factory=dict)

    def put(self, version: FlowVersion) -> FlowVersion:
        self.by_id[version.id] = self.newest[version.flow_id] = version
        return version

    def version(self, version_id: str) -> FlowVersion | None:
        return self.by_id.get(version_id)

    def published(self, flow_id: str) -> FlowVersion | None:
        return self.newest.get(flow_id)


class Play:
    """One session; `sprints` keeps what each input gave."""

    def __init__(self, flow: Flow, /, *, nodes: Iterable[AnyNode] = (), limits: Limits | None = None, **others: Flow):
        self.shelf = Shelf()
        self.version = self.shelf.put(version_of(flow))
        for flow_id, other in others.items():
            self.shelf.put(version_of(other, flow_id))
        self.world = World(
            nodes=join_nodes((*builtin_nodes(), *nodes)),
            flows=self.shelf,
            expressions=TinyExpressions(),
            texts=TEXTS,
            now=NOON,
            time_zone="America/Lima",
            limits=limits or Limits(),
        )
        self.session: Session = new_session(
            id="session-1", conversation_id="conversation-1", contact_id="ana", version=self.version, now=NOON
        )
        self.sprints: list[Sprint] = []

    def start(self, message: str | None = None, *, entry: str | None = None, **arguments: Any) -> Play:
        said = TextInput(text=message) if message is not None else None
        begin = entry or entry_of(self.version) or "start"
        return self.give(Started(version=self.version, entry=begin, message=said, arguments=arguments))

    def say(self, text: str) -> Play:
        return self.give(Said(message=TextInput(text=text)))

    def returned(self, value: Any = None, **more: Any) -> Play:
        return self.give(Returned(**{"status": "success", "value": value, **more}))

    def give(self, given: Input) -> Play:
        sprint = run(self.session, given, self.world)
        self.session = Session.model_validate(sprint.session.model_dump(mode="json"))
        self.sprints.append(sprint)
        return self

    def later(self, **time: float) -> Play:
        self.world = replace(self.world, now=self.world.now + timedelta(**time))
        return self

    @property
    def said(self) -> list[str]:
        """What the last sprint said."""
        return texts_of(self.sprints[-1])

    @property
    def wait(self) -> Any:
        return self.session.wait

    def traces(self, type_: str = "") -> list[Trace]:
        found = (event for sprint in self.sprints for event in sprint.events)
        return [event for event in found if isinstance(event, Trace) and type_ in ("", event.type)]

    def visited(self) -> list[str]:
        return [trace.node_id for trace in self.traces("entered")]


def texts_of(sprint: Sprint) -> list[str]:
    return [_text(part) for event in sprint.events if isinstance(event, MessageOut) for part in event.parts]


def _text(part: TextPart | FilePart | ChoicesPart) -> str:
    return part.filename if isinstance(part, FilePart) else part.text
