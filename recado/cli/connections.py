"""`recado connections`: the ERPs this installation knows."""

from __future__ import annotations

import sys

import click

from recado.cli.ground import settings_here
from recado.doctor.erp import check_connections
from recado.doctor.report import Finding
from recado.start import prepare


@click.group()
def connections() -> None:
    """The ERPs this installation knows."""


@connections.command("test")
def test_connections() -> None:
    """Ask each ERP who we are; exit code 1 when one does not answer."""
    settings = settings_here()
    prepare(settings)
    found = list(check_connections(settings))
    for finding in found:
        click.echo(_line(finding))
    sys.exit(any(finding.level == "failed" for finding in found))


def _line(finding: Finding) -> str:
    return f"{finding.subject}: {finding.what}" + (f"\n  → {finding.mend}" if finding.mend else "")
