"""The figures as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bench.run import Figures, Measured, percentile
from bench.scenarios import BURST, CONNECTIONS, RATE, REPEATED, SCENARIOS
from bench.systems import FLASK, FLASK_BOT

Row = Sequence[str]
AgentTurns = Mapping[str, Mapping[str, float]]
SYSTEMS = {one.name: one.systems for one in SCENARIOS}
TITLES = {one.name: one.title for one in SCENARIOS}


def report(figures: Figures, agent: AgentTurns) -> str:
    """All tables."""
    base = figures.median("ack", FLASK, lambda one: one.acks)
    return "\n\n".join(
        (
            _acks(figures, base),
            _turns(figures, base),
            _open(figures),
            _order(figures),
            _agent(agent),
            _memory(figures),
        )
    )


def _acks(figures: Figures, base: float) -> str:
    rows = []
    for system in SYSTEMS["ack"]:
        acks = figures.median("ack", system, lambda one: one.acks)
        rows.append(
            (
                system,
                f"{acks:,.0f}",
                _ratio(acks, base),
                *_times(figures, "ack", system, lambda one: one.ack_ms, 0.5, 0.99),
                _cpu(figures, "ack", system),
            )
        )
    head = ("acknowledged", "a second", "× bare Flask", "p50 ms", "p99 ms", "CPU ms each")
    return f"Deliveries acknowledged, closed loop of {CONNECTIONS} (messages that need no reply)\n\n" + table_of(
        head, rows
    )


def _turns(figures: Figures, base: float) -> str:
    rows = []
    for name in ("rule", "tool"):
        peer = figures.median(name, FLASK_BOT, lambda one: one.replies)
        for system in SYSTEMS[name]:
            replies = figures.median(name, system, lambda one: one.replies)
            rows.append(
                (
                    TITLES[name],
                    system,
                    f"{replies:,.0f}",
                    _ratio(replies, peer),
                    _ratio(replies, base),
                    f"{figures.median(name, system, lambda one: one.acks):,.0f}",
                    *_times(figures, name, system, lambda one: one.ack_ms, 0.99),
                    _cpu(figures, name, system),
                    _faults(figures, name, system),
                )
            )
    head = (
        *("turn", "system", "replies a second", "× script", "× bare Flask", "acks a second", "ack p99 ms"),
        *("CPU ms each", "lost / doubled / out of order"),
    )
    return f"Turns to the reply, closed loop of {CONNECTIONS} acknowledgements, then drained\n\n" + table_of(head, rows)


def _open(figures: Figures) -> str:
    rows = [
        (
            TITLES[name],
            system,
            *_times(figures, name, system, lambda one: one.matched.reply_ms, 0.5, 0.95, 0.99),
            *_times(figures, name, system, lambda one: one.ack_ms, 0.5, 0.99),
            _cpu(figures, name, system),
            _faults(figures, name, system),
        )
        for name in ("open_rule", "open_tool")
        for system in SYSTEMS[name]
    ]
    head = (
        *("turn", "system", "reply p50 ms", "p95", "p99", "ack p50 ms", "p99", "CPU ms each"),
        "lost / doubled / out of order",
    )
    return f"Open loop, {RATE:.0f} messages a second\n\n" + table_of(head, rows)


def _order(figures: Figures) -> str:
    rows = [
        (
            TITLES[name],
            system,
            str(figures.total(name, system, lambda one: one.messages)),
            str(figures.total(name, system, lambda one: one.repeated)),
            *_faults(figures, name, system).split(" / "),
        )
        for name in ("order_rule", "order_tool")
        for system in SYSTEMS[name]
    ]
    head = ("turn", "system", "messages", "delivered twice", "lost", "doubled", "out of order")
    return f"Order and redelivery, bursts of {BURST} a contact, {REPEATED:.0%} delivered twice\n\n" + table_of(
        head, rows
    )


def _agent(agent: AgentTurns) -> str:
    base = agent["openai"]["ms"]
    names = {"recado": "Recado's interpreter, durable", "openai": "raw `openai` loop"}
    rows = [
        (title, f"{agent[name]['ms']:.2f}", f"{agent[name]['cpu_ms']:.2f}", _ratio(agent[name]["ms"], base))
        for name, title in names.items()
    ]
    return "One agent turn in process (two model calls, one ERP call)\n\n" + table_of(
        ("agent turn", "ms", "CPU ms", "× raw loop"), rows
    )


def _memory(figures: Figures) -> str:
    rows = [
        (
            system,
            f"{figures.at_rest[system].rss:.0f}",
            f"{figures.at_rest[system].pss:.0f}",
            f"{figures.loaded[system].rss:.0f}",
            f"{figures.loaded[system].pss:.0f}",
        )
        for system in figures.at_rest
    ]
    head = ("memory, MiB", "at rest RSS", "at rest PSS", "most under load RSS", "PSS")
    return "Memory of the whole process tree; PSS counts shared pages once\n\n" + table_of(head, rows)


def _times(
    figures: Figures, scenario: str, system: str, of: Callable[[Measured], Sequence[float]], *shares: float
) -> Row:
    return tuple(
        f"{figures.median(scenario, system, lambda one, share=share: percentile(of(one), share)):.1f}"  # type: ignore[misc]
        for share in shares
    )


def _cpu(figures: Figures, scenario: str, system: str) -> str:
    return f"{figures.median(scenario, system, lambda one: one.cpu_ms):.2f}"


def _faults(figures: Figures, scenario: str, system: str) -> str:
    """Wrong answers and refused deliveries are lost ones to the person who wrote."""
    lost = figures.total(scenario, system, lambda one: one.matched.lost)
    doubled = figures.total(scenario, system, lambda one: one.matched.doubled)
    order = figures.total(scenario, system, lambda one: one.matched.out_of_order)
    return f"{lost} / {doubled} / {order}"


def _ratio(value: float, base: float) -> str:
    return f"{value / base:.2f}" if base else "-"


def table_of(head: Row, rows: Sequence[Row]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])
