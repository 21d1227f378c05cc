"""`recado doctor`: checks every dependency and setting and says how to mend each."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from recado.cli.ground import settings_here
from recado.doctor.erp import check_connections
from recado.doctor.machine import check_machine, policy, unread
from recado.doctor.outside import check_outside
from recado.doctor.report import Finding
from recado.doctor.tools import check_tools
from shared.settings import Settings

MARKS = {"ok": "ok     ", "warning": "warning", "failed": "FAILED "}


@click.command()
def doctor() -> None:
    """Check every dependency and setting; exit code 1 when something failed."""
    broken = 0
    for finding in _findings(settings_here()):
        broken += finding.level == "failed"
        click.echo(f"{MARKS[finding.level]}  {finding.subject}: {finding.what}")
        if finding.mend:
            click.echo(f"         → {finding.mend}")
    sys.exit(1 if broken else 0)


def _findings(settings: Settings) -> Iterator[Finding]:
    on_ground = True
    for finding in check_machine(settings):
        on_ground = on_ground and finding.level != "failed"
        yield finding
    yield policy(settings)
    yield from unread(settings)
    yield from check_outside(settings)
    yield from check_tools(settings)
    if on_ground:
        yield from check_connections(settings)
