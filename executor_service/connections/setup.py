"""The connection that is there after the first start."""

from __future__ import annotations

from datetime import date

from executor_service.connections.database_model import DatabaseDraft, DatabaseRoute
from executor_service.connections.database_store import DatabaseStore
from executor_service.connections.model import DEFAULT_CONNECTION, Connection, ConnectionDraft, Credentials
from executor_service.connections.store import ConnectionStore
from executor_service.connectors.addresses import DatabaseAddress, SshAddress
from shared.settings import PREFIX, Settings, SettingsError

DEMO_URL = "http://demo-erp.invalid"
DEMO_MANAGER = "gerente@ferreteria-andina.example"


def ensure_default_connection(connections: ConnectionStore, settings: Settings) -> Connection:
    """The connection called `default`, made from the settings when there is none; later it is the console's.

    Raises SettingsError when the settings name an ERP and the connection of an earlier start is the demo: whoever
    was linked to an invented person must not become somebody at the real company.
    """
    found = connections.find(DEFAULT_CONNECTION)
    if found is None:
        return connections.create(_from_settings(settings) if settings.erp_url else demo_connection())
    if found.kind == "demo" and settings.erp_url:
        raise SettingsError(
            "RECADO_ERP_URL is set, but this data folder holds the demo company. "
            "Start with a new RECADO_HOME (or database), or remove RECADO_ERP_URL."
        )
    return found


def ensure_default_database(databases: DatabaseStore, settings: Settings) -> DatabaseRoute | None:
    """The database of the connection `default`, made from the settings when there is none; later it is the console's.

    Raises SettingsError for settings that do not make a whole way.
    """
    found = databases.find(DEFAULT_CONNECTION)
    if found is not None or not settings.erp_db_host:
        return found
    missing = [name for name in _needed(settings) if not getattr(settings, name)]
    if missing:
        names = ", ".join(PREFIX + name.upper() for name in missing)
        raise SettingsError(f"RECADO_ERP_DB_HOST is set, but not {names}. Set them too, or remove it.")
    return databases.save(_database(settings))


def demo_connection() -> ConnectionDraft:
    """The demo company on the day its data was taken. Its own key is the manager's."""
    return ConnectionDraft(
        id=DEFAULT_CONNECTION,
        name="Ferretería Andina (demo)",
        kind="demo",
        url=DEMO_URL,
        erp_user=DEMO_MANAGER,
        company="Ferretería Andina",
        currency="PEN",
        today=date(2026, 11, 20),
    )


def _from_settings(settings: Settings) -> ConnectionDraft:
    return ConnectionDraft(
        id=DEFAULT_CONNECTION,
        name="ERPNext",
        kind="frappe",
        url=settings.erp_url,
        credentials=_own_key(settings),
    )


def _needed(settings: Settings) -> tuple[str, ...]:
    through = ("erp_ssh_user", "erp_ssh_known_hosts") if settings.erp_ssh_host else ()
    return ("erp_db_name", "erp_db_user", "erp_db_password", *through)


def _database(settings: Settings) -> DatabaseDraft:
    password = settings.erp_db_password
    return DatabaseDraft(
        connection_id=DEFAULT_CONNECTION,
        address=DatabaseAddress(
            host=settings.erp_db_host,
            port=settings.erp_db_port,
            name=settings.erp_db_name,
            user=settings.erp_db_user,
            password=password.get_secret_value() if password else "",
        ),
        ssh=_ssh(settings) if settings.erp_ssh_host else None,
        groups=settings.erp_db_groups,
        tables=settings.erp_db_tables,
    )


def _ssh(settings: Settings) -> SshAddress:
    return SshAddress(
        host=settings.erp_ssh_host,
        port=settings.erp_ssh_port,
        user=settings.erp_ssh_user,
        known_hosts=settings.erp_ssh_known_hosts,
        key_file=settings.erp_ssh_key_file,
        carrier=settings.erp_ssh_carrier,
    )


def _own_key(settings: Settings) -> Credentials | None:
    if settings.erp_api_key is None or settings.erp_api_secret is None:
        return None
    return Credentials(key=settings.erp_api_key.get_secret_value(), secret=settings.erp_api_secret.get_secret_value())
