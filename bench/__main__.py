"""`python -m bench`: everything measured in a few minutes, on this machine, over loopback only; then the tables."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from bench import history
from bench.machine import Cores, facts, on, share_cores
from bench.observer import Observer
from bench.processes import ROOT, CannotMeasure, Server
from bench.report import AgentTurns, report
from bench.run import Bench, Figures
from bench.scenarios import SCENARIOS
from bench.systems import RECADO, all_running

ROUNDS = 3
AGENT_TURNS, QUICK_AGENT_TURNS = 100, 20
AGENT_SECONDS = 120


def main(arguments: list[str]) -> int:
    """The exit code: 1 when Recado lost, doubled, mixed up or refused anything, 2 when nothing could be measured."""
    options = _options(arguments)
    # What is told to end must end its servers first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    rounds = 1 if options.quick else options.rounds
    try:
        figures, agent = _measure(quick=options.quick, rounds=rounds)
    except CannotMeasure as error:
        print(error, file=sys.stderr)
        return 2
    text = history.section(report(figures, agent), day=datetime.now(UTC).date(), facts=facts(), rounds=rounds)
    print(text)
    if options.record:
        history.append(text)
    faults = figures.faults(RECADO)
    if faults:
        print(f"Recado: {faults} messages lost, doubled, out of order, wrong or refused.", file=sys.stderr)
    return 1 if faults else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one small round: does everything still work?")
    parser.add_argument("--rounds", type=int, choices=range(1, 10), default=ROUNDS, metavar="N")
    parser.add_argument("--record", action="store_true", help="append the tables to docs/BENCHMARKS.md")
    return parser.parse_args(arguments)


def _measure(*, quick: bool, rounds: int) -> tuple[Figures, AgentTurns]:
    cores = share_cores()
    with (
        TemporaryDirectory(prefix="recado-bench-") as name,
        on(cores.measuring),
        all_running(Path(name), cores) as (outside, systems),
    ):
        bench = Bench(Observer(outside), systems, quick=quick, progress=_tell)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            figures = runner.run(bench.run(SCENARIOS, rounds))
        _tell("agent turns")
        return figures, _agent_turns(outside, cores, QUICK_AGENT_TURNS if quick else AGENT_TURNS, rounds)


def _agent_turns(outside: Server, cores: Cores, turns: int, rounds: int) -> AgentTurns:
    """Measured in a process of its own, on the core of what is measured."""
    command = [sys.executable, "-m", "bench.agent_turn", outside.url, str(turns), str(rounds)]
    with on(cores.measured):
        done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, timeout=AGENT_SECONDS)
    if done.returncode:
        raise CannotMeasure(done.stderr.decode(errors="replace")[-2000:])
    found: AgentTurns = json.loads(done.stdout)
    return found


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
