"""`recado contacts`: who writes to us, and which ERP user each is."""

from __future__ import annotations

import click

from executor_service.connections.model import DEFAULT_CONNECTION, Credentials, LinkDraft
from executor_service.connections.setup import ensure_default_connection
from recado.cli.ground import settings_here
from recado.services import Services
from recado.start import prepare
from shared.clock import utc_now
from shared.contracts.base import LANGUAGES, Language
from whatsapp_service.inbox.phones import only_digits


@click.group()
def contacts() -> None:
    """Who writes to us, and which ERP user each is."""


@contacts.command("add")
@click.argument("phone")
@click.option("--erp-user", required=True, metavar="EMAIL", help="The person's user in the ERP.")
@click.option("--group", "groups", multiple=True, help="A group of the contact; may be repeated.")
@click.option("--name", default="", help="The person's name.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Otherwise that of the phone's country.")
@click.option("--connection", default=DEFAULT_CONNECTION, show_default=True)
@click.option("--api-key", help="API key of that ERP user (not for the demo's people).")
@click.option("--api-secret", help="API secret of that ERP user.")
def add_contact(
    phone: str,
    erp_user: str,
    groups: tuple[str, ...],
    name: str,
    language: Language | None,
    connection: str,
    api_key: str | None,
    api_secret: str | None,
) -> None:
    """Link PHONE (with country code) to an ERP user, without a code."""
    digits = only_digits(phone)
    if not digits:
        raise click.BadParameter("not a phone number with country code, e.g. +51987654300", param_hint="PHONE")
    if (api_key is None) != (api_secret is None):
        raise click.UsageError("--api-key and --api-secret go together.")
    services = Services(prepare(settings_here()))
    ensure_default_connection(services.executor_rooms.directory.connections, services.settings)
    credentials = Credentials(key=api_key, secret=api_secret) if api_key and api_secret else None
    draft = LinkDraft(connection_id=connection, erp_user=erp_user, credentials=credentials, groups=groups)
    services.executor_rooms.directory.try_key(draft)
    contact_id, _is_new = services.database.write(
        lambda work: services.gateway.people.add_contact(work, digits, name, language, utc_now())
    )
    link = services.executor_rooms.directory.links.save(contact_id, draft)
    click.echo(f"Linked contact {contact_id} to {link.erp_user}" + (f" in {', '.join(groups)}." if groups else "."))
    services.database.close()


@contacts.command("pin")
@click.argument("phone")
@click.option("--remove", is_flag=True, help="Forget the PIN and its lock; the person may set another.")
def give_pin(phone: str, remove: bool) -> None:
    """Give the contact with PHONE a PIN for large approvals."""
    services = Services(prepare(settings_here()))
    digits = only_digits(phone)
    if not digits:
        raise click.BadParameter("not a phone number with country code, e.g. +51987654300", param_hint="PHONE")
    contact_id, _is_new = services.database.write(
        lambda work: services.gateway.people.add_contact(work, digits, "", None, utc_now())
    )
    if remove:
        services.executor_rooms.second_factor.pins.delete(contact_id)
        click.echo("The PIN is forgotten.")
    else:
        services.executor_rooms.second_factor.pins.save(
            contact_id, click.prompt("PIN", hide_input=True, confirmation_prompt=True)
        )
        click.echo("The PIN is set: tell it to the person, who changes it by writing «set PIN».")
    services.database.close()
