"""The connection that is there after the first start."""

from __future__ import annotations

from datetime import date

from executor_service.connections.model import DEFAULT_CONNECTION, Connection, ConnectionDraft, Credentials
from executor_service.connections.store import ConnectionStore
from shared.settings import Settings, SettingsError

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


def _own_key(settings: Settings) -> Credentials | None:
    if settings.erp_api_key is None or settings.erp_api_secret is None:
        return None
    return Credentials(key=settings.erp_api_key.get_secret_value(), secret=settings.erp_api_secret.get_secret_value())
