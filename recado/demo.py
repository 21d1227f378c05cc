"""The demo company in this process: what answers for an ERPNext when none is set."""

from __future__ import annotations

import threading
from pathlib import Path

import demo_erp
from demo_erp.people import people
from demo_erp.webhooks import Send, Webhook, Webhooks
from executor_service.connections.model import Connection, Credentials
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter


class DemoErp:
    """Makes sites for connections: the demo's calls the stand-in here, any other goes over the network.

    The stand-in's data is unpacked into `folder` when it is first asked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._adapter: WsgiAdapter | None = None
        self._webhooks = Webhooks()
        self._lock = threading.Lock()

    def make_site(self, connection: Connection) -> FrappeSite:
        if connection.kind == "demo":
            return FrappeSite(connection.url, adapter=self._stand_in())
        return FrappeSite(connection.url)

    def credentials(self, erp_user: str) -> Credentials | None:
        """The key of one of the demo's people, who need none in the database."""
        person = next((one for one in people() if one.user == erp_user), None)
        return Credentials(key=person.api_key, secret=person.api_secret) if person else None

    def tell(self, secret: str, send: Send) -> None:
        """From now on what happens in it is told, signed with the secret."""
        self._webhooks.listening = [Webhook(secret, send)]

    def _stand_in(self) -> WsgiAdapter:
        with self._lock:
            if self._adapter is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._adapter = WsgiAdapter(demo_erp.create_app(self._folder / "demo.sqlite", webhooks=self._webhooks))
            return self._adapter
