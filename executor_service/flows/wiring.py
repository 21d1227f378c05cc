"""Where the parts of the flow engine meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection

from executor_service.events.log import EventLog
from executor_service.flows import session_store, timers
from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.callback_links import CallbackLinks
from executor_service.flows.callbacks import Callbacks
from executor_service.flows.calling import Caller
from executor_service.flows.commit import Committer
from executor_service.flows.effects import Effects
from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.frames import entry_of
from executor_service.flows.globals import Globals, NoGlobals
from executor_service.flows.inputs import AskAgain, Started
from executor_service.flows.keeper import Keeper
from executor_service.flows.limits import Limits
from executor_service.flows.model import StartMode
from executor_service.flows.node import AnyNode, Nodes, join_nodes
from executor_service.flows.published import PublishedFlows
from executor_service.flows.retention import Tidying
from executor_service.flows.routing import FlowRouting
from executor_service.flows.runtime import Advance, Also, FlowRuntime
from executor_service.flows.settling import Settling
from executor_service.flows.store import FlowStore
from executor_service.flows.tool_effect import ToolEffect
from executor_service.flows.triggers import Candidate
from executor_service.flows.world import Expressions, no_callback_url
from executor_service.flows.worlds import Worlds
from executor_service.tasks.pool import WorkerPool
from shared.clock import Clock
from shared.contracts.base import Json
from shared.contracts.callers import ContactCaller
from shared.contracts.tasks import Receipt
from shared.database import Database
from shared.errors import Conflict, InvalidArguments
from shared.texts import Texts

EVENT_KEY = "event:"
STOP_SECONDS = 3.0


@dataclass(frozen=True, kw_only=True)
class FlowParts:
    """What an executor's flows are made of besides the executor itself."""

    expressions: Expressions = field(default_factory=TemplateExpressions)
    effects: Effects = field(default_factory=dict)
    """Handlers of calls besides `tool`."""
    globals: Globals = field(default_factory=NoGlobals)
    callback_links: CallbackLinks | None = None
    """Without it other systems have no address to answer at."""
    nodes: tuple[AnyNode, ...] = field(default_factory=builtin_nodes)
    limits: Limits = field(default_factory=Limits)
    threads: int = 8
    lease: timedelta = timedelta(seconds=15)
    look_every_seconds: float = 0.5
    tools_look_every_seconds: float = 1.0
    """How old the flows among the tools may be."""


class FlowEngine:
    """The flows of one process: `start` and `stop` run its threads."""

    def __init__(
        self,
        database: Database,
        log: EventLog,
        tools: ToolEffect,
        parts: FlowParts,
        texts: Texts,
        now: Clock,
        published: PublishedFlows,
    ) -> None:
        self.store = FlowStore(database, now=now)
        self.published = published
        self.nodes: Nodes = join_nodes(parts.nodes)
        self.limits = parts.limits
        self.accounts = tools.accounts
        self._database = database
        self._now = now
        self._pool = WorkerPool(parts.threads)
        self.worlds = Worlds(
            store=self.store,
            published=self.published,
            nodes=self.nodes,
            expressions=parts.expressions,
            globals_=parts.globals,
            texts=texts,
            limits=parts.limits,
            callback_url=parts.callback_links.url if parts.callback_links else no_callback_url,
            now=now,
        )
        caller = Caller(database, {"tool": tools, **parts.effects}, lease=parts.lease, now=now)
        self.runtime = FlowRuntime(
            database=database,
            log=log,
            worlds=self.worlds,
            committer=Committer(log, parts.globals, parts.limits),
            caller=caller,
            pool=self._pool,
            now=now,
        )
        self.settling = Settling(database, self.store, self.runtime)
        self.routing = FlowRouting(database, self.runtime, self.worlds, self.published)
        self.callbacks = Callbacks(database, self.runtime, parts.callback_links, now)
        self.keeper = Keeper(
            database,
            self.runtime,
            caller,
            tools.result_of,
            self.callbacks,
            Tidying(database, now=now),
            look_every_seconds=parts.look_every_seconds,
            now=now,
        )

    def start(self) -> None:
        self._pool.start()
        self.keeper.start()

    def stop(self) -> None:
        self.keeper.stop(STOP_SECONDS)
        self._pool.stop(STOP_SECONDS)

    def receipt(self, connection: Connection, receipt: Receipt) -> None:
        """Starts the timeouts that count from a message, now that the channel took it (or never will)."""
        number = receipt.key.removeprefix(EVENT_KEY)
        if number.isdigit():
            timers.accepted(connection, int(number), receipt.at)

    def mode_set(self, conversation_id: str, before: str | None, mode: str) -> None:
        """A person took a conversation over: its clocks stand still; or gave it back: the question is asked again."""
        if mode == (before or "bot"):
            return
        now = self._now()
        if mode != "bot":
            self._database.write(lambda connection: timers.freeze(connection, conversation_id, now))
            return
        self._database.write(lambda connection: timers.thaw(connection, conversation_id, now))
        with self._database.read() as connection:
            current = session_store.foreground(session_store.open_of(connection, conversation_id))
        if current is not None and current.session.wait is not None and current.session.wait.kind == "input":
            self.runtime.feed(current.session.id, AskAgain(), sprint=current.session.sprint)

    def start_flow(
        self,
        flow_id: str,
        caller: ContactCaller,
        *,
        arguments: Json | None = None,
        mode: StartMode | None = None,
        entry: str | None = None,
        also: Also | None = None,
    ) -> Advance | None:
        """Starts a published flow for a contact: by an operator, a schedule or an event. None when it is skipped.

        Raises Conflict for a flow that does not run, InvalidArguments for missing arguments.
        """
        self.published.catch_up()
        version = self.published.published(flow_id)
        begin = entry or (entry_of(version) if version else None)
        if version is None or begin is None:
            raise Conflict("this flow is not published and active")
        given = arguments or {}
        missing = [one.name for one in version.flow.settings.arguments if one.required and given.get(one.name) is None]
        if missing:
            raise InvalidArguments(
                "arguments are missing", errors=tuple({"where": name, "what": "is required"} for name in missing)
            )
        return self.runtime.start(Started(version=version, entry=begin, arguments=given), caller, mode=mode, also=also)

    def event_triggers(self, names: Iterable[str]) -> list[Candidate]:
        """What events of these names start, each flow once."""
        with self._database.read() as connection:
            self.published.refresh(self.store.serial(connection))
        found = (one for name in names for one in self.published.triggers.events(name))
        return list({one.version.flow_id: one for one in found}.values())

    def stop_flow(self, flow_id: str, reason: str, *, most: int = 500) -> int:
        """The emergency stop: interrupts some of a flow's sessions; gives how many. Repeat it until it gives 0."""
        with self._database.read() as connection:
            ids = session_store.open_of_flow(connection, flow_id, most)
        return sum(self.runtime.stop(session_id, "interrupted", reason) for session_id in ids)
