"""A stand-in for WhatsApp's Graph API on a real socket: it keeps what it accepted and fails as a test tells it to."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

NUMBER = "109876543210001"
TOKEN = "a-token-of-a-system-user"
ABOUT = {"id": NUMBER, "display_phone_number": "+51 1 555 0001", "verified_name": "Ferretería Andina"}


@dataclass(frozen=True)
class Refused:
    """An error of the API, by its code."""

    code: int
    status: int = 400


@dataclass(frozen=True)
class Broken:
    """A connection that is cut after the message was read, and perhaps taken."""

    is_taken: bool


Trouble = Refused | Broken


@dataclass(frozen=True)
class Upload:
    filename: str
    media_type: str
    content: bytes


class Graph:
    """`sent` holds the accepted messages in order. Troubles are those of one receiver, one a try, then all is well."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.tries: list[dict[str, Any]] = []
        self.uploads: dict[str, Upload] = {}
        self._troubles: dict[str, deque[Trouble]] = defaultdict(deque)
        self._lock = threading.Lock()
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def recorded(self, content: bytes, media_type: str) -> str:
        """The id of a file that somebody sends from a phone."""
        with self._lock:
            media_id = f"recorded-{len(self.uploads) + 1}"
            self.uploads[media_id] = Upload("", media_type, content)
        return media_id

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fail(self, phone: str, *troubles: Trouble) -> None:
        """What becomes of the next tries to send to a phone."""
        self._troubles[phone].extend(troubles)

    def sent_to(self, phone: str) -> list[dict[str, Any]]:
        return [body for body in list(self.sent) if _receiver(body) == phone]

    def tries_to(self, phone: str) -> list[dict[str, Any]]:
        return [body for body in list(self.tries) if _receiver(body) == phone]

    def _app(self) -> Flask:
        app = Flask("graph_stand_in")

        @app.before_request
        def check_token() -> Response | None:
            is_ours = request.headers.get("Authorization") == f"Bearer {TOKEN}"
            return None if is_ours else _error(190, 401)

        app.add_url_rule(
            f"/v26.0/{NUMBER}",
            "number",
            lambda: ABOUT,
        )
        app.add_url_rule(f"/v26.0/{NUMBER}/messages", "messages", self._message, methods=["POST"])
        app.add_url_rule(f"/v26.0/{NUMBER}/media", "media", self._media, methods=["POST"])
        app.add_url_rule("/v26.0/<media_id>", "about", self._about)
        app.add_url_rule("/files/<media_id>", "file", self._file)
        return app

    def _message(self) -> Response:
        body = request.get_json()
        if body.get("status") == "read":
            return Response(json.dumps({"success": True}), mimetype="application/json")
        with self._lock:
            self.tries.append(body | {"tried_at": time.monotonic()})
            waiting = self._troubles[_receiver(body)]
            trouble = waiting.popleft() if waiting else None
            if isinstance(trouble, Refused):
                return _error(trouble.code, trouble.status)
            if not isinstance(trouble, Broken) or trouble.is_taken:
                self.sent.append(body)
            number = len(self.sent)
        if isinstance(trouble, Broken):
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return Response(b"")
        answer = {"messaging_product": "whatsapp", "messages": [{"id": f"wamid.out.{number}"}]}
        return Response(json.dumps(answer), mimetype="application/json")

    def _media(self) -> Response:
        file = request.files["file"]
        assert request.form["messaging_product"] == "whatsapp"
        upload = Upload(file.filename or "", file.mimetype, file.read())
        with self._lock:
            media_id = f"media-{len(self.uploads) + 1}"
            self.uploads[media_id] = upload
        return Response(json.dumps({"id": media_id}), mimetype="application/json")

    def _about(self, media_id: str) -> Response:
        upload = self.uploads[media_id]
        about = {
            "id": media_id,
            "url": f"{self.url}/files/{media_id}",
            "mime_type": upload.media_type,
            "file_size": len(upload.content),
            "sha256": hashlib.sha256(upload.content).hexdigest(),
        }
        return Response(json.dumps(about), mimetype="application/json")

    def _file(self, media_id: str) -> Response:
        upload = self.uploads[media_id]
        return Response(upload.content, content_type=upload.media_type)


def _receiver(body: dict[str, Any]) -> str:
    return str(body.get("to") or body.get("recipient", ""))


def _error(code: int, status: int) -> Response:
    return Response(json.dumps({"error": {"code": code, "message": "no"}}), status, mimetype="application/json")


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: what was asked is kept in the stand-in."""
