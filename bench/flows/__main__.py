"""`python -m bench.flows`: the flow engine stored and in memory, late timers, the choice among a thousand flows."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import history
from bench.flows.choosing import Choice, measure_choice
from bench.flows.ground import Numbers, ground
from bench.flows.steps import THREADS, Rates, measure_chain, measure_resumes
from bench.flows.waiting import Lags, measure_lag
from bench.machine import facts
from bench.report import table_of

CHOICE_MILLISECONDS = 2.0


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    flows: int
    sessions: int
    waiting: int
    due: int
    seconds: float
    choices: int


WHOLE = Size(flows=200, sessions=1_000, waiting=10_000, due=2_000, seconds=60, choices=20_000)
QUICK = Size(flows=20, sessions=50, waiting=200, due=40, seconds=3, choices=500)


def main(arguments: list[str]) -> int:
    """The exit code: 1 when a choice among a thousand flows takes too long."""
    parser = argparse.ArgumentParser(prog="python -m bench.flows", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few of all: does everything still work?")
    parser.add_argument("--rounds", type=int, choices=range(1, 10), default=3, metavar="N")
    parser.add_argument("--record", action="store_true", help="append the tables to docs/BENCHMARKS.md")
    options = parser.parse_args(arguments)
    size, rounds = (QUICK, 1) if options.quick else (WHOLE, options.rounds)
    with TemporaryDirectory(prefix="recado-bench-") as name, ground(Path(name)) as made:
        numbers = Numbers()
        nodes = measure_chain(made, numbers, flows=size.flows, rounds=rounds)
        resumes = measure_resumes(made, numbers, sessions=size.sessions, rounds=rounds)
        lags = measure_lag(made, numbers, waiting=size.waiting, due=size.due, seconds=size.seconds)
    few, many = (measure_choice(count, times=size.choices) for count in (10, 1_000))
    tables = "\n\n".join((steps_table(nodes, resumes), lag_table(lags), choice_table(few, many)))
    text = history.section(tables, day=datetime.now(UTC).date(), facts=facts(), rounds=rounds)
    print(text)
    if options.record:
        history.append(text)
    return 1 if many.p50 > CHOICE_MILLISECONDS else 0


def steps_table(nodes: Rates, resumes: Rates) -> str:
    rows = []
    for what, of in (("nodes, in chains of 20", nodes), ("resumed sessions", resumes)):
        rates = (f"{one:,.0f}" for one in (of.memory, of.one, of.many))
        rows.append((what, *rates, f"{of.one / of.memory:.3f}", f"{of.many / of.memory:.3f}"))
    many = f"{THREADS} threads"
    head = ("a second", "in memory", "stored, one thread", f"stored, {many}", "share, one thread", f"share, {many}")
    title = "Flows: the pure engine, and the same with session, rows, trace, counters and timers in SQLite"
    return f"{title}\n\n{table_of(head, rows)}"


def lag_table(lags: Lags) -> str:
    head = ("sessions waiting", "timers due", "within s", "lag p50 ms", "p99 ms", "worst ms", "MB before", "MB after")
    numbers = (lags.p50, lags.p99, lags.worst, lags.memory_before, lags.memory_after)
    row = (f"{lags.waiting:,}", f"{lags.due:,}", f"{lags.seconds:.0f}", *(f"{one:,.0f}" for one in numbers))
    return "Flows: timers of waiting sessions, from due to written\n\n" + table_of(head, [row])


def choice_table(few: Choice, many: Choice) -> str:
    rows = [(f"{one.flows:,}", f"{one.p50:.4f}", f"{one.p99:.4f}", f"{one.p50 / few.p50:.2f}") for one in (few, many)]
    return "Flows: choice of the flow that a message starts\n\n" + table_of(
        ("published flows", "p50 ms", "p99 ms", f"× {few.flows} flows"), rows
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
