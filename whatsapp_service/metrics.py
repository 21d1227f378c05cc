"""The gateway's Prometheus metrics; labels never hold phones, ids or texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from shared.database import Database
from whatsapp_service.tables import IS_OPEN, messages

_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120)
_OPEN = (
    select(messages.c.direction, messages.c.state, func.count())
    .where(IS_OPEN)
    .group_by(messages.c.direction, messages.c.state)
)


class Metrics:
    """Counters of one gateway, in one registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._deliveries = Counter(
            "recado_gateway_deliveries", "Deliveries of providers", ["channel", "outcome"], registry=registry
        )
        self._turns = Counter("recado_gateway_turns", "Turns, by how they ended", ["outcome"], registry=registry)
        self._seconds = Histogram(
            "recado_gateway_turn_seconds",
            "From the claim of a turn to its stored answer",
            buckets=_SECONDS,
            registry=registry,
        )
        self._sent = Counter("recado_gateway_sends", "Tries to send, by the state after", ["state"], registry=registry)

    def delivered(self, channel: str, outcome: str) -> None:
        self._deliveries.labels(channel, outcome).inc()

    def turned(self, outcome: str, seconds: float) -> None:
        self._turns.labels(outcome).inc()
        self._seconds.observe(seconds)

    def sent(self, state: str) -> None:
        self._sent.labels(state).inc()


class BacklogCollector(Collector):
    """What waits, counted when somebody asks: the cost grows with the backlog only."""

    def __init__(self, database: Database, depths: dict[str, Callable[[], int]]) -> None:
        self._database = database
        self._depths = depths

    def collect(self) -> Iterator[GaugeMetricFamily]:
        open_rows = GaugeMetricFamily(
            "recado_gateway_open_messages", "Messages with work left", labels=["direction", "state"]
        )
        with self._database.read() as connection:
            for direction, state, count in connection.execute(_OPEN):
                open_rows.add_metric([direction, state], count)
        yield open_rows
        lanes = GaugeMetricFamily("recado_gateway_lane_depth", "Conversations in work or waiting", labels=["pool"])
        for name, depth in self._depths.items():
            lanes.add_metric([name], depth())
        yield lanes

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: a registry would otherwise read the database when the collector is registered."""
        return iter(())
