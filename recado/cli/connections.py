"""`recado connections`: the ERPs this installation knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation

import click

from executor_service.api.webhook_api import PATH
from executor_service.connections.checks.words import SaidStep, check_connection
from executor_service.connections.database_model import DatabaseDraft
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import Connection, ConnectionDraft, Credentials
from executor_service.connections.setup import ensure_default_connection, ensure_default_database
from executor_service.connectors.addresses import DatabaseAddress, SshAddress
from executor_service.hooks.notice import BODY, EVENTS
from recado.cli.ground import settings_here
from recado.console import address_of
from recado.services import PREFIXES, Services
from recado.start import prepare
from shared.contracts.base import LANGUAGES, Language

SET_UP = """In ERPNext: Webhook > New, one for each DocType and Doc Event that people want to hear of.
  Doc Event        one of {events}
  Request URL      {url}
  Request Method   POST
  Request Structure  JSON, with this JSON Request Body (its event as the Doc Event):
{body}
  Enable Security  yes, with this Webhook Secret (it is not shown again):
{secret}"""
MARKS = {"ok": "ok       ", "warning": "warning  ", "failed": "FAILED   ", "not_tried": "not tried"}


@click.group()
def connections() -> None:
    """The ERPs this installation knows."""


@connections.command("list")
def list_connections() -> None:
    """Every connection, with its company and its database."""
    with _directory() as directory:
        for one in directory.connections.list():
            click.echo(_line(one, directory))


@connections.command("test")
@click.argument("name", required=False)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def test_connections(name: str | None, language: Language) -> None:
    """Test NAME, or all of them, step by step; exit code 1 when a step fails."""
    with _directory() as directory:
        names = [name] if name else [one.id for one in directory.connections.list()]
        failed = [one for one in names if not _test(directory, one, language)]
    sys.exit(1 if failed else 0)


@connections.command("add")
@click.argument("name")
@click.option("--url", required=True, help="Address of the ERPNext site.")
@click.option("--api-key", prompt=True, help="API key of the connection's own ERP user.")
@click.option("--api-secret", prompt=True, hide_input=True, help="Its secret; asked for when it is not given.")
@click.option("--title", default="", help="What people call it; otherwise NAME.")
def add_connection(name: str, url: str, api_key: str, api_secret: str, title: str) -> None:
    """Connect another ERPNext under the short NAME."""
    with _directory() as directory:
        credentials = Credentials(key=api_key, secret=api_secret)
        draft = ConnectionDraft(
            id=name, name=title or name, kind="frappe", url=url.rstrip("/"), credentials=credentials
        )
        directory.connections.create(draft)
        failed = not _test(directory, name, "en")
    sys.exit(1 if failed else 0)


@connections.command("database")
@click.argument("name")
@click.option("--host", required=True, help="MariaDB of that site, as the SSH server sees it if there is one.")
@click.option("--port", default=3306, show_default=True)
@click.option("--database", required=True, help="The site's database; db_name in its site_config.json.")
@click.option("--user", required=True, help="A user that may only SELECT.")
@click.option("--password", prompt=True, hide_input=True, help="Asked for when it is not given.")
@click.option("--group", "groups", multiple=True, help="A group of contacts that may ask it; may be repeated.")
@click.option("--table", "tables", multiple=True, help="A table to be asked besides the usual ones; may be repeated.")
@click.option("--ssh-host", default="", help="SSH server in front of it.")
@click.option("--ssh-port", default=22, show_default=True)
@click.option("--ssh-user", default="")
@click.option("--ssh-key-file", default="", help="Otherwise the keys of the running agent.")
@click.option("--ssh-known-hosts", default="", help="File with that server's host key.")
@click.option("--ssh-carrier", type=click.Choice(("sshtunnel", "ssh")), default="sshtunnel", show_default=True)
def set_database(name: str, **given: str) -> None:
    """Say where the database of the connection NAME is, and who may ask it."""
    with _directory() as directory:
        directory.databases.save(_draft(name, given))
        failed = not _test(directory, name, "en")
    sys.exit(1 if failed else 0)


@connections.command("limit")
@click.argument("name")
@click.option("--above", multiple=True, metavar="CURRENCY=AMOUNT", help="e.g. PEN=10000; may be repeated.")
@click.option("--none", "is_none", is_flag=True, help="No approval needs a PIN.")
def set_limit(name: str, above: tuple[str, ...], is_none: bool) -> None:
    """Say above which amounts an approval in the connection NAME needs the person's PIN besides the tap."""
    limits = dict(_limit(one) for one in above)
    if bool(limits) == is_none:
        raise click.UsageError("Give --above CURRENCY=AMOUNT, or --none.")
    with _services() as services:
        directory = services.executor_rooms.directory
        services.executor_rooms.second_factor.limits.save(directory.connections.get(name).id, limits)
    said = ", ".join(f"{currency} {amount}" for currency, amount in limits.items())
    click.echo(f"Above {said} a PIN is needed." if limits else "No approval needs a PIN.")


def _limit(text: str) -> tuple[str, Decimal]:
    currency, _, amount = text.partition("=")
    try:
        value = Decimal(amount)
    except InvalidOperation:
        value = Decimal(-1)
    if not (len(currency) == 3 and currency.isalpha() and currency.isupper() and value.is_finite() and value >= 0):
        raise click.BadParameter(f"{text!r} is not like PEN=10000", param_hint="--above")
    return currency, value


@connections.command("webhook")
@click.argument("name")
@click.option("--off", is_flag=True, help="Believe nothing any more that this ERP tells.")
def set_webhook(name: str, off: bool) -> None:
    """Make the secret with which the connection NAME tells what happens, and say how to set it up in ERPNext."""
    with _directory() as directory:
        if off:
            directory.webhooks.delete(directory.connections.get(name).id)
            click.echo(f"{name} is not listened to any more.")
            return
        secret = directory.webhooks.renew(name)
    url = f"{address_of(settings_here())}{PREFIXES['executor']}{PATH}/{name}"
    click.echo(SET_UP.format(url=url, secret=secret, body=BODY, events=", ".join(EVENTS)))


@contextmanager
def _directory() -> Iterator[ErpDirectory]:
    with _services() as services:
        yield services.executor_rooms.directory


@contextmanager
def _services() -> Iterator[Services]:
    settings = settings_here()
    services = Services(prepare(settings), ("executor",))
    try:
        ensure_default_connection(services.executor_rooms.directory.connections, settings)
        ensure_default_database(services.executor_rooms.directory.databases, settings)
        yield services
    finally:
        services.executor_rooms.directory.open_databases.close()
        services.database.close()


def _draft(name: str, given: dict[str, str]) -> DatabaseDraft:
    if given["ssh_host"] and not (given["ssh_user"] and given["ssh_known_hosts"]):
        raise click.UsageError("--ssh-host needs --ssh-user and --ssh-known-hosts.")
    ssh = {field: given[f"ssh_{field}"] for field in ("host", "port", "user", "key_file", "known_hosts", "carrier")}
    return DatabaseDraft(
        connection_id=name,
        address=DatabaseAddress(
            host=given["host"],
            port=int(given["port"]),
            name=given["database"],
            user=given["user"],
            password=given["password"],
        ),
        ssh=SshAddress(**ssh) if given["ssh_host"] else None,  # type: ignore[arg-type]  # click made the types
        groups=tuple(given["groups"]),
        tables=tuple(given["tables"]),
    )


def _test(directory: ErpDirectory, name: str, language: Language) -> bool:
    click.echo(f"{directory.connections.get(name).id}:")
    passed = True
    for step in check_connection(directory, name, language):
        click.echo(_step(step))
        passed = passed and step.status != "failed"
    return passed


def _step(step: SaidStep) -> str:
    line = f"  {MARKS[step.status]}  {step.what}" + (f": {step.detail}" if step.detail else "")
    return line + (f"\n             → {step.mend}" if step.mend else "")


def _line(one: Connection, directory: ErpDirectory) -> str:
    route = directory.databases.find(one.id)
    parts = [one.id, one.name, one.url, one.company or "company not known yet"]
    if route is not None:
        through = f" through {route.ssh.host}" if route.ssh else ""
        parts.append(
            f"database {route.address.name}@{route.address.host}{through} for {', '.join(route.groups) or 'nobody'}"
        )
    return "  ".join(parts)
