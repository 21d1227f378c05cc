"""A whole executor with published flows, a clock that the test moves, and contacts who write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from executor_service.flows import session_store
from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.callback_links import CallbackLinks
from executor_service.flows.effects import EffectContext, Effects
from executor_service.flows.inputs import Returned
from executor_service.flows.limits import Limits
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.node import AnyNode
from executor_service.flows.session_model import Call, Session
from executor_service.flows.tables import flow_journal, flow_sessions, flow_timers
from executor_service.flows.wiring import FlowParts
from executor_service.flows.world import Expressions
from executor_service.registry.tool import Tool
from shared.contracts.base import Json
from shared.contracts.events import Event
from shared.contracts.messages import ChoicesPart, FilePart, Reply
from shared.contracts.turns import InputRequest, TapInput, TextInput
from tests.executor_service.flows.expressions import TinyExpressions
from tests.executor_service.flows.play import NOON
from tests.fakes.house import FakeDirectory, House

LINKS = CallbackLinks("the secret of the stage", "https://recado.example/executor")
Perform = Callable[[Call, EffectContext], Returned]


class Doing:
    """An effect that a test gives as a function; it remembers its calls."""

    def __init__(self, perform: Perform | None = None) -> None:
        self.calls: list[Call] = []
        self.does: Perform = perform or (lambda call, context: Returned(status="success", value=len(self.calls)))

    def perform(self, call: Call, context: EffectContext) -> Returned:
        self.calls.append(call)
        return self.does(call, context)


class Stage:
    """`flows` are published in order. The keeper looks only when `look` is called, unless `is_live`."""

    def __init__(
        self,
        folder: Path,
        *,
        tools: Iterable[Tool] = (),
        nodes: Iterable[AnyNode] = (),
        http: Doing | None = None,
        effects: Effects | None = None,
        expressions: Expressions | None = None,
        limits: Limits | None = None,
        database_url: str = "",
        lets_unknown_into_flows: bool = False,
        known: tuple[str, ...] = ("ana",),
    ) -> None:
        self.time = NOON
        self.turns = 0
        self.http = http or Doing()
        directory = FakeDirectory()
        for contact in known:
            directory.grant(contact)
        self.house = House(
            folder,
            tools,
            directory=directory,
            now=lambda: self.time,
            database_url=database_url,
            lets_unknown_into_flows=lets_unknown_into_flows,
            flows=FlowParts(
                expressions=expressions or TinyExpressions(),
                effects=effects or {"http": self.http},
                callback_links=LINKS,
                nodes=(*builtin_nodes(), *nodes),
                limits=limits or Limits(),
                threads=2,
                lease=timedelta(seconds=5),
                look_every_seconds=3600,
            ),
        )
        self.executor = self.house.executor
        self.flows = self.executor.flows
        self.runtime = self.flows.runtime
        self.database = self.house.database

    def __enter__(self) -> Stage:
        self.executor.runner.start()
        self.flows._pool.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.executor.stop()
        self.database.close()

    def publish(self, flow: Flow, name: str = "Flow", *, description: str = "") -> FlowVersion:
        stored = self.flows.store.create(name, flow, description=description)
        return self.flows.store.publish(stored.id)

    def later(self, **time: float) -> Stage:
        self.time = self.time + timedelta(**time)
        return self

    def look(self) -> int:
        return self.flows.keeper.look()

    def say(self, text: str, *, contact: str = "ana", key: str = "", **more: Any) -> Any:
        return self._give(TextInput(text=text), contact, key, **more)

    def tap(self, option_id: str, title: str = "", *, contact: str = "ana", **more: Any) -> Any:
        return self._give(TapInput(option=option_id, title=title), contact, "", **more)

    def _give(self, message: TextInput | TapInput, contact: str, key: str, **more: Any) -> Any:
        self.turns += 1
        caller = self.house.caller(contact, f"of-{contact}")
        request = InputRequest(key=key or f"turn-{self.turns}", caller=caller, input=message, **more)
        return self.executor.input(request).outcome

    def sessions(self, contact: str = "ana") -> list[Session]:
        with self.database.read() as connection:
            query = select(flow_sessions).where(flow_sessions.c.contact_id == contact).order_by(flow_sessions.c.id)
            return [Session.model_validate(row.state) for row in connection.execute(query)]

    def current(self, contact: str = "ana") -> Session | None:
        with self.database.read() as connection:
            found = session_store.foreground(session_store.open_of(connection, f"of-{contact}"))
        return found.session if found else None

    def replace_caller(self, session_id: str, caller: Json) -> Json:
        """Stores another caller with a session, one that cannot be read too; gives the one that was there."""

        def work(connection: Connection) -> Json:
            this = flow_sessions.c.id == session_id
            former: Json = connection.execute(select(flow_sessions.c.caller).where(this)).scalar_one()
            connection.execute(update(flow_sessions).where(this).values(caller=caller))
            return former

        return self.database.write(work)

    def timers(self) -> list[tuple[str, datetime]]:
        with self.database.read() as connection:
            rows = connection.execute(select(flow_timers).order_by(flow_timers.c.due_at)).all()
        return [(row.kind, row.due_at) for row in rows]

    def journal(self) -> list[tuple[str, str, str | None]]:
        with self.database.read() as connection:
            rows = connection.execute(select(flow_journal).order_by(flow_journal.c.key)).all()
        return [(row.key.split(":", 1)[1], row.status, row.outcome) for row in rows]

    def events(self, type_: str = "message") -> list[Event]:
        return [event for event in self.house.log.page(0).events if event.type == type_]

    def said(self) -> list[str]:
        """All that was ever said."""
        return [text for event in self.events() for text in texts_of(event.data)]


def texts_of(data: Json) -> list[str]:
    parts = Reply.model_validate(data).parts
    return [part.filename if isinstance(part, FilePart) else part.text for part in parts]


def options_of(event: Event) -> dict[str, str]:
    """Title → id of the options that a row offers."""
    parts = Reply.model_validate(event.data).parts
    return {one.title: one.id for part in parts if isinstance(part, ChoicesPart) for one in part.options}
