"""`recado up`: all services in one process. `recado serve SERVICE`: one of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from executor_service.connections.database_store import DatabaseStore
from executor_service.connections.setup import ensure_default_connection, ensure_default_database
from executor_service.connections.store import ConnectionStore
from recado.cli.ground import settings_here
from recado.console import address_of, find_console, first_link
from recado.ground import SERVICES, Ground
from recado.problems import CannotStart
from recado.server import Running, Server
from recado.start import check_port, prepare
from shared.auth.wiring import make_auth
from shared.database import Database
from shared.errors import Conflict
from shared.logs import configure_logs
from shared.secrets import SecretBox


@click.command()
@click.option("--demo", is_flag=True, help="On the demo company, let everybody who writes act as its manager.")
def up(demo: bool) -> None:
    """Start everything in one process."""
    _serve(SERVICES, demo=demo, reload=False)


@click.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.option("--reload", is_flag=True, help="Restart when a source file changes.")
def serve(service: str, reload: bool) -> None:
    """Start one service; the RECADO_*_URL settings say where the others are."""
    _serve((service,), demo=False, reload=reload)


def _serve(services: tuple[str, ...], *, demo: bool, reload: bool) -> None:
    began = time.monotonic()
    settings = settings_here(demo=demo)
    check_port(settings)
    ground = prepare(settings)
    configure_logs(settings.log_level, as_json=not sys.stderr.isatty())
    _check_apart(ground, services)
    if "executor" in services:
        _check_connection(ground)
    ready = _ready_line(ground, services, began, _first_steps(ground, services))
    Server(settings.host, settings.port, lambda: _services(ground, services), ready, reload=reload).run()


def _services(ground: Ground, services: tuple[str, ...]) -> Running:
    """Imported in the worker alone: the process that watches over it does without these 100 MB."""
    from recado.services import Services

    return Services(ground, services)


def _check_apart(ground: Ground, services: tuple[str, ...]) -> None:
    needed = {"gateway": ("interpreter_url", "executor_url"), "interpreter": ("executor_url",)}
    for service in services:
        for name in needed.get(service, ()):
            other = name.removesuffix("_url")
            if other not in services and not getattr(ground.settings, name):
                raise CannotStart(
                    f"RECADO_{name.upper()}: the {service} runs apart and must know where the {other} is. "
                    f"Set it, or start everything with `recado up`."
                )


def _check_connection(ground: Ground) -> None:
    """Raises SettingsError when the settings and the data folder name different ERPs: here, as no worker runs yet."""
    database = Database(ground.settings.database, pool_size=1)
    try:
        box = SecretBox(ground.secret_key)
        ensure_default_connection(ConnectionStore(database, box), ground.settings)
        ensure_default_database(DatabaseStore(database, box), ground.settings)
    finally:
        database.close()


def _first_steps(ground: Ground, services: tuple[str, ...]) -> str:
    """Where the console is, with the one-time link that makes the first administrator while there is none."""
    if "gateway" not in services or find_console() is None:
        return ""
    database = Database(ground.settings.database, pool_size=1)
    try:
        link = first_link(ground.settings, make_auth(database))
    except Conflict:
        return f"Console:  {address_of(ground.settings)}/console/"
    finally:
        database.close()
    return f"Console, to sign up as its first administrator (once, within a day):  {link}"


def _ready_line(ground: Ground, services: tuple[str, ...], began: float, steps: str) -> Callable[[], None]:
    settings = ground.settings
    address = address_of(settings)
    erp = "the demo company" if settings.uses_demo_erp else settings.erp_url

    def ready() -> None:
        what = "Recado" if len(services) > 1 else f"Recado's {services[0]}"
        click.echo(f"{what} is ready at {address} after {time.monotonic() - began:.1f} s, with {erp}.")
        if steps:
            click.echo(steps)
        if len(services) > 1:
            click.echo(f'Ask it something:  {command_as_typed()} ask "ventas por cliente del mes pasado"')
            click.echo("Stop it with Ctrl-C.")
        sys.stdout.flush()

    return ready


def command_as_typed() -> str:
    """How this program was called, as it can be typed again from the same folder."""
    called = Path(sys.argv[0]).absolute()
    here = Path.cwd()
    return str(called.relative_to(here)) if called.is_relative_to(here) else called.name
