"""`python -m bench.exports`: both tables; MariaDB and OpenSSH are started from their binaries."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import history
from bench.exports.ledger import measure_exports
from bench.exports.report_call import measure_report
from bench.machine import facts
from bench.processes import CannotMeasure

ROWS, QUICK_ROWS = 1_000_000, 20_000
REPORT_CALLS, QUICK_REPORT_CALLS = 100, 10


def main(arguments: list[str]) -> int:
    """The exit code: 2 when nothing could be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows: does everything still work?")
    parser.add_argument("--rows", type=int, help="how many rows of ledger")
    parser.add_argument("--rounds", type=int, choices=range(1, 10), default=1, metavar="N")
    parser.add_argument("--record", action="store_true", help="append the tables to docs/BENCHMARKS.md")
    options = parser.parse_args(arguments)
    rows = options.rows or (QUICK_ROWS if options.quick else ROWS)
    try:
        with TemporaryDirectory(prefix="recado-bench-") as name:
            exports = measure_exports(Path(name), rows, options.rounds)
            report = measure_report(Path(name), QUICK_REPORT_CALLS if options.quick else REPORT_CALLS)
    except CannotMeasure as error:
        print(error, file=sys.stderr)
        return 2
    text = history.section(f"{exports}\n\n{report}", day=datetime.now(UTC).date(), facts=facts(), rounds=options.rounds)
    print(text)
    if options.record:
        history.append(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
