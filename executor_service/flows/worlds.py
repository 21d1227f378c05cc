"""The world of a sprint, read for one conversation: contact, variables, what was spent, the time."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from executor_service.flows import counting
from executor_service.flows.globals import Globals
from executor_service.flows.limits import Limits
from executor_service.flows.node import Nodes
from executor_service.flows.published import PublishedFlows
from executor_service.flows.store import FlowStore
from executor_service.flows.world import Expressions, World
from shared.clock import Clock
from shared.contracts.callers import ContactCaller
from shared.texts import Texts


class Worlds:
    """Makes worlds; the published flows in them are as new as the database."""

    def __init__(
        self,
        *,
        store: FlowStore,
        published: PublishedFlows,
        nodes: Nodes,
        expressions: Expressions,
        globals_: Globals,
        texts: Texts,
        limits: Limits,
        callback_url: Callable[[str, int], str],
        now: Clock,
    ) -> None:
        self._store = store
        self._published = published
        self._nodes = nodes
        self._expressions = expressions
        self._globals = globals_
        self._texts = texts
        self._limits = limits
        self._callback_url = callback_url
        self._now = now

    def read(self, connection: Connection, caller: ContactCaller) -> World:
        now = self._now()
        self._published.refresh(self._store.serial(connection))
        return World(
            nodes=self._nodes,
            flows=self._published,
            expressions=self._expressions,
            texts=self._texts,
            now=now,
            time_zone=caller.time_zone,
            channel=caller.channel,
            contact={"id": caller.contact_id, **counting.fields_of(connection, caller.contact_id)},
            conversation={"channel": caller.channel, "account": caller.account},
            globals=self._globals.read(connection),
            spent_today=counting.spent_on(connection, caller.conversation_id, now.date()),
            limits=self._limits,
            callback_url=self._callback_url,
        )
