"""What all commands about flows share: their file, their language, and the desk of this installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from executor_service.flows.desk import FlowDesk
from recado.cli.ground import settings_here
from recado.services import Services
from recado.start import prepare
from shared.contracts.base import LANGUAGES

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)


@contextmanager
def flow_services() -> Iterator[Services]:
    services = Services(prepare(settings_here()), ("executor",))
    services.executor_rooms.tool_files.look()
    try:
        yield services
    finally:
        services.executor_rooms.tool_files.stop()
        services.database.close()


@contextmanager
def flow_desk() -> Iterator[FlowDesk]:
    with flow_services() as services:
        yield services.executor_rooms.flow_desk
