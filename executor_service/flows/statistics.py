"""Statistics of a flow, read from its counters: visits, ways taken, drop-off, answers, variants with their goals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from executor_service.flows.model import FlowVersion
from executor_service.flows.tables import flow_counters as counters
from shared.contracts.base import Contract
from shared.database import Database

DROPPED = ("expired", "interrupted", "failed")
RUN_NAMES = ("started", "ended:completed", *(f"ended:{status}" for status in DROPPED))


class Runs(Contract):
    """Runs of the flow, sub-flow calls included: how many began, and how many ended in each way."""

    started: int = 0
    completed: int = 0
    expired: int = 0
    interrupted: int = 0
    failed: int = 0


class DayRuns(Runs):
    """Of one day, in UTC. A run may end on another day than it began."""

    day: date


class Counted(Contract):
    """An exit, or an option or category that was answered, by its id."""

    id: str
    count: int


class VariantResult(Contract):
    """Sessions that were given a variant, and those of them that came to the goal; `rate` is between 0 and 1."""

    id: str
    sessions: int
    goals: int
    rate: float


class NodeStatistics(Contract):
    """`dropped`: runs that ended here by expiry, interruption or failure; `timeouts`: waits that nobody answered."""

    node_id: str
    visits: int = 0
    completed: int = 0
    dropped: int = 0
    expired: int = 0
    interrupted: int = 0
    failed: int = 0
    timeouts: int = 0
    exits: tuple[Counted, ...] = ()
    answers: tuple[Counted, ...] = ()
    variants: tuple[VariantResult, ...] = ()


class EdgeStatistics(Contract):
    """How often an edge, as the newest of the versions has it, was taken."""

    id: str
    source: str
    exit: str
    target: str
    count: int


class FlowStatistics(Contract):
    """Of the days from `start` to `end`, both included. Nodes that nobody came to are left out."""

    flow_id: str
    version_ids: tuple[str, ...]
    start: date
    end: date
    runs: Runs
    days: tuple[DayRuns, ...]
    nodes: tuple[NodeStatistics, ...]
    edges: tuple[EdgeStatistics, ...]


@dataclass(frozen=True)
class Counts:
    """The counters of some versions and days: by node and name, and those of runs by day and name."""

    of_node: Mapping[str, Counter[str]]
    of_day: Mapping[date, Counter[str]]


def read(database: Database, version_ids: Sequence[str], start: date, end: date) -> Counts:
    number = func.sum(counters.c["count"]).label("number")
    mine = (counters.c.version_id.in_(version_ids), counters.c.day.between(start, end))
    by_node = select(counters.c.node_id, counters.c.name, number).where(*mine)
    by_day = select(counters.c.day, counters.c.name, number).where(*mine, counters.c.name.in_(RUN_NAMES))
    nodes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    days: defaultdict[date, Counter[str]] = defaultdict(Counter)
    with database.read() as connection:
        for row in connection.execute(by_node.group_by(counters.c.node_id, counters.c.name)):
            nodes[row.node_id][row.name] = int(row.number)
        for row in connection.execute(by_day.group_by(counters.c.day, counters.c.name)):
            days[row.day][row.name] = int(row.number)
    return Counts(nodes, days)


def statistics_of(
    flow_id: str, version_ids: Sequence[str], drawn: FlowVersion | None, start: date, end: date, counts: Counts
) -> FlowStatistics:
    """What the counters say of versions together; edges are those of the version `drawn`. Pure."""
    whole = sum(counts.of_day.values(), Counter[str]())
    return FlowStatistics(
        flow_id=flow_id,
        version_ids=tuple(version_ids),
        start=start,
        end=end,
        runs=Runs(**_runs(whole)),
        days=tuple(DayRuns(day=day, **_runs(counts.of_day[day])) for day in sorted(counts.of_day)),
        nodes=tuple(_node(node_id, counts.of_node[node_id]) for node_id in sorted(counts.of_node)),
        edges=_edges(drawn, counts.of_node) if drawn else (),
    )


def _runs(names: Mapping[str, int]) -> dict[str, int]:
    ended = {status: names.get(f"ended:{status}", 0) for status in ("completed", *DROPPED)}
    return {"started": names.get("started", 0), **ended}


def _node(node_id: str, names: Counter[str]) -> NodeStatistics:
    ended = {status: names[f"ended:{status}"] for status in ("completed", *DROPPED)}
    return NodeStatistics(
        node_id=node_id,
        visits=names["visits"],
        dropped=sum(ended[status] for status in DROPPED),
        timeouts=names["exit:timeout"],
        exits=_counted("exit:", names),
        answers=_counted("answer:", names),
        variants=tuple(_variant(one, names[f"goal:{one.id}"]) for one in _counted("variant:", names)),
        **ended,
    )


def _counted(prefix: str, names: Mapping[str, int]) -> tuple[Counted, ...]:
    found = (Counted(id=name.removeprefix(prefix), count=names[name]) for name in names if name.startswith(prefix))
    return tuple(sorted(found, key=lambda one: (-one.count, one.id)))


def _variant(given: Counted, goals: int) -> VariantResult:
    return VariantResult(id=given.id, sessions=given.count, goals=goals, rate=round(goals / given.count, 4))


def _edges(version: FlowVersion, nodes: Mapping[str, Counter[str]]) -> tuple[EdgeStatistics, ...]:
    return tuple(
        EdgeStatistics(
            id=edge.id,
            source=edge.source,
            exit=edge.sourceHandle or "default",
            target=edge.target,
            count=nodes[edge.source][f"exit:{edge.sourceHandle or 'default'}"] if edge.source in nodes else 0,
        )
        for edge in version.flow.edges
    )
