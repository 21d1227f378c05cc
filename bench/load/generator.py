"""Sends deliveries, either as fast as they are acknowledged or at a rate that does not wait.

A contact's deliveries share one connection, so that they are sent in their order. Latency counts from the moment a
message was due: a server that stalls cannot hide its queue.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.load.connection import Connection
from bench.load.delivery import Target, request_of
from bench.load.plan import Message

TICK_SECONDS = 0.001


@dataclass(slots=True)
class Sending:
    """What was sent: when each message was due (monotonic ns), how long its acknowledgement took, and the statuses."""

    due: dict[int, int] = field(default_factory=dict)
    ack_ms: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    began: int = 0
    ended: int = 0

    @property
    def seconds(self) -> float:
        return (self.ended - self.began) / 1e9


class Generator:
    """Has so many connections to one target."""

    def __init__(self, target: Target, connections: int) -> None:
        self._target = target
        self._connections = [Connection(target) for _ in range(connections)]

    async def send(self, messages: Sequence[Message], *, rate: float | None = None) -> Sending:
        """Sends all of them: so many a second, or each connection its next one after an acknowledgement."""
        sending = Sending(began=time.monotonic_ns())
        queues: list[asyncio.Queue[tuple[Message, int] | None]] = [asyncio.Queue() for _ in self._connections]
        async with asyncio.TaskGroup() as group:
            for connection, queue in zip(self._connections, queues, strict=True):
                group.create_task(self._drain(connection, queue, sending))
            await self._fill(queues, messages, rate, sending.began)
        sending.ended = time.monotonic_ns()
        return sending

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    async def _fill(
        self,
        queues: Sequence[asyncio.Queue[tuple[Message, int] | None]],
        messages: Sequence[Message],
        rate: float | None,
        began: int,
    ) -> None:
        for place, message in enumerate(messages):
            due = began + int(place * 1e9 / rate) if rate else 0
            while rate and time.monotonic_ns() < due:
                await asyncio.sleep(TICK_SECONDS)
            queues[int(message.contact) % len(queues)].put_nowait((message, due))
        for queue in queues:
            queue.put_nowait(None)

    async def _drain(
        self, connection: Connection, queue: asyncio.Queue[tuple[Message, int] | None], sending: Sending
    ) -> None:
        while (one := await queue.get()) is not None:
            message, due = one
            request = request_of(message, self._target)
            due = sending.due[message.number] = due or time.monotonic_ns()
            sending.statuses[await connection.send(request)] += 1
            sending.ack_ms.append((time.monotonic_ns() - due) / 1e6)
            if message.is_repeated:
                await connection.send(request)
