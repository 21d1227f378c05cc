"""A stand-in for the Graph API on a real socket: it records what it accepted and fails as a test tells it to."""

from __future__ import annotations

import json
import threading
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from shared.settings import Settings
from tests.whatsapp_service.world import ANA, APP_SECRET, NUMBER, Door, delivery

PATH = f"/v26.0/{NUMBER}/messages"


class Graph:
    """`answers` are given first, one a request; then everything is accepted. `bodies` holds what was accepted."""

    def __init__(self, server: HTTPServer) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.tries: list[dict[str, Any]] = []
        self.answers: list[Response] = []
        self.uploads = 0
        self._server = server
        self._lock = threading.Lock()
        server.expect_request(PATH, method="POST").respond_with_handler(self._message)
        server.expect_request(f"/v26.0/{NUMBER}/media", method="POST").respond_with_handler(self._media)

    @property
    def settings(self) -> Settings:
        return Settings.model_validate(
            {
                "whatsapp_token": "token",
                "whatsapp_phone_number_id": NUMBER,
                "whatsapp_app_secret": APP_SECRET,
                "whatsapp_graph_url": self._server.url_for("").rstrip("/"),
            }
        )

    @property
    def texts(self) -> list[str]:
        return [body["text"]["body"] for body in self.bodies if body["type"] == "text"]

    def refuse(self, code: int, http: int = 400) -> None:
        """The next message is refused with an error code."""
        self.answers.append(Response(json.dumps({"error": {"code": code, "message": "no"}}), status=http))

    def callbacks(self) -> list[str]:
        return [body["biz_opaque_callback_data"] for body in self.tries]

    def _message(self, request: Request) -> Response:
        body = request.get_json()
        with self._lock:
            self.tries.append(body)
            if self.answers:
                return self.answers.pop(0)
            self.bodies.append(body)
            return Response(json.dumps({"messages": [{"id": f"wamid.out.{len(self.bodies)}"}]}))

    def _media(self, request: Request) -> Response:
        with self._lock:
            self.uploads += 1
        return Response(json.dumps({"id": f"media-{self.uploads}"}))


def status(
    external_id: str, word: str, *, callback: str = "", code: int | None = None, at: int = 1790000000
) -> dict[str, Any]:
    """One entry of `statuses[]`."""
    item: dict[str, Any] = {"id": external_id, "status": word, "timestamp": str(at), "recipient_id": ANA}
    if callback:
        item["biz_opaque_callback_data"] = callback
    if code is not None:
        item["errors"] = [{"code": code, "title": "failed"}]
    return item


def tell(door: Door, *items: dict[str, Any]) -> None:
    """Delivers statuses."""
    assert door.post(delivery(statuses=items)) == 200
