"""The short way in for deliveries: what Meta signed is stored without passing through Flask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from whatsapp_service.channels.whatsapp.signature import wa_signature_ok
from whatsapp_service.gateway import Gateway

PATHS = ("/webhooks/whatsapp", "/whatsapp")
Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Door:
    """A WSGI app that takes signed deliveries itself and leaves all else, errors included, to the app behind it."""

    def __init__(self, app: App, gateway: Gateway, app_secret: str) -> None:
        self._app = app
        self._gateway = gateway
        self._app_secret = app_secret

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST" and environ.get("PATH_INFO") in PATHS and self._takes(environ):
            start_response("200 OK", [("Content-Length", "0")])
            return ()
        return self._app(environ, start_response)

    def _takes(self, environ: Environ) -> bool:
        length = environ.get("CONTENT_LENGTH") or ""
        if not length.isdecimal() or int(length) > self._gateway.limits.max_delivery_bytes:
            return False
        raw = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = BytesIO(raw)
        if not wa_signature_ok(self._app_secret, raw, environ.get("HTTP_X_HUB_SIGNATURE_256")):
            return False
        try:
            self._gateway.inbox.accept(raw, "whatsapp")
        except Exception:  # noqa: BLE001  the app behind tries once more, and logs and tells what is wrong
            return False
        self._gateway.metrics.delivered("whatsapp", "stored")
        return True
