"""The export of the ledger beside the plainest loop of the same driver and writer, each in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import ROOT, CannotMeasure
from bench.report import table_of
from tests.services.ledger import fill_ledger, make_tables
from tests.services.mariadb import READER, READER_PASSWORD, SITE, MariaServer, find_program, running_mariadb
from tests.services.sshd import SshServer, running_sshd

CHILD_SECONDS = 900
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Way:
    """One thing that is measured; `job` is what the child does, `base` what it is compared with."""

    title: str
    job: str
    carrier: str = ""
    base: str = ""


WAYS = (
    Way("plainest loop: driver and writer, direct", "plain_xlsx"),
    Way("Recado, XLSX, direct", "xlsx", base="plainest loop: driver and writer, direct"),
    Way("Recado, XLSX, through sshtunnel", "xlsx", "sshtunnel", "plainest loop: driver and writer, direct"),
    Way("Recado, XLSX, through `ssh`", "xlsx", "ssh", "plainest loop: driver and writer, direct"),
    Way("Recado, CSV, direct", "csv"),
    Way("rows only, direct", "read"),
    Way("rows only, through sshtunnel", "read", "sshtunnel", "rows only, direct"),
    Way("rows only, through `ssh`", "read", "ssh", "rows only, direct"),
)


def measure_exports(folder: Path, rows: int, rounds: int) -> str:
    """The table, as Markdown; raises CannotMeasure where a server is not installed."""
    programs = [find_program(name) for name in ("mariadbd", "mariadb-install-db", "sshd")]
    server, installer, sshd = programs
    if server is None or installer is None or sshd is None:
        raise CannotMeasure("MariaDB or OpenSSH is not installed")
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    with running_mariadb(server, installer) as mariadb, running_sshd(sshd) as ssh:
        print(f"filling a ledger of {rows:,} rows", file=sys.stderr, flush=True)
        make_tables(mariadb)
        fill_ledger(mariadb, rows)
        for round_ in range(rounds):
            for way in WAYS if round_ % 2 == 0 else reversed(WAYS):
                print(f"round {round_ + 1} of {rounds}: {way.title}", file=sys.stderr, flush=True)
                found[way.title].append(_run(_spec(way, mariadb, ssh, folder)))
    return _table(found, rows)


def _spec(way: Way, mariadb: MariaServer, ssh: SshServer, folder: Path) -> Mapping[str, Any]:
    database = {"host": HOST, "port": mariadb.port, "name": SITE, "user": READER, "password": READER_PASSWORD}
    through = None
    if way.carrier:
        through = {"host": HOST, "port": ssh.port, "user": ssh.user, "known_hosts": str(ssh.known_hosts)}
        through |= {"key_file": str(ssh.key_file), "carrier": way.carrier}
    return {"job": way.job, "database": database, "ssh": through, "folder": str(folder)}


def _run(spec: Mapping[str, Any]) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.exports.one", json.dumps(spec)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, timeout=CHILD_SECONDS)
    if done.returncode:
        raise CannotMeasure(done.stderr.decode(errors="replace")[-2000:])
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _table(found: Mapping[str, list[dict[str, float]]], rows: int) -> str:
    lines = []
    for way in WAYS:
        seconds = _median(found[way.title], "seconds")
        base = _median(found[way.base], "seconds") if way.base else seconds
        lines.append(
            (
                way.title,
                f"{seconds:.1f}",
                f"{seconds / base:.2f}" if way.base else "",
                f"{_median(found[way.title], 'cpu_seconds'):.1f}",
                f"{rows / seconds:,.0f}",
                f"{base / seconds:.2f}" if way.base else "",
                f"{_median(found[way.title], 'grown_mb'):.0f}",
                f"{_median(found[way.title], 'peak_mb'):.0f}",
                f"{_median(found[way.title], 'file_mb'):.1f}",
            )
        )
    head = (
        *("export", "s", "× its base", "its CPU s", "rows a second", "share of its base", "memory of the export, MB"),
        *("of the process, MB", "file, MB"),
    )
    driver = "PyMySQL" if not found[WAYS[0].title][0].get("fast") else "mysqlclient"
    about = f"{rows:,} ledger rows of 10 mixed columns from MariaDB by {driver}; base: plain loop or direct way"
    return f"{about}\n\n{table_of(head, lines)}"


def _median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)
