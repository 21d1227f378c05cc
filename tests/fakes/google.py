"""A stand-in for Google's token, Drive and Sheets endpoints, as far as making one spreadsheet goes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

SHEET_ID = 7


@dataclass
class FakeGoogle:
    """Spreadsheets by id, as they were asked for. `answers` are sent first, one a call, to what they are keyed by."""

    server: HTTPServer
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, list[Response]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.expect_request("/token").respond_with_json(
            {"access_token": "t0ken", "expires_in": 3600, "token_type": "Bearer"}
        )
        self.server.expect_request("/drive/v3/files", method="POST").respond_with_handler(self._create)
        for path, handler in (("permissions$", self._share), ("", self._delete)):
            self.server.expect_request(re.compile(rf"^/drive/v3/files/[^/]+/?{path}")).respond_with_handler(handler)
        self.server.expect_request(re.compile(r"^/v4/spreadsheets/.*:batchUpdate$")).respond_with_handler(self._update)
        self.server.expect_request(re.compile(r"^/v4/spreadsheets/[^:]+$")).respond_with_handler(self._read)

    @property
    def address(self) -> str:
        return self.server.url_for("").rstrip("/")

    def key_file(self, folder: Path) -> Path:
        """The key of a service account that asks this stand-in for its tokens."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        account = {"type": "service_account", "client_email": "bot@example.com", "private_key": pem}
        path = folder / "google.json"
        path.write_text(json.dumps({**account, "token_uri": self.server.url_for("/token")}))
        return path

    def _create(self, request: Request) -> Response:
        if told := self._told("create", request):
            return told
        made = {"id": f"sheet-{len(self.files) + 1}", "updates": [], "shared": [], **(request.json or {})}
        self.files[made["id"]] = made
        return _json({"id": made["id"]})

    def _read(self, request: Request) -> Response:
        name = request.path.rsplit("/", 1)[1]
        sheet = {"sheetId": SHEET_ID, "title": "Sheet1", "index": 0, "gridProperties": {}}
        made = {"spreadsheetId": name, "properties": {"title": self.files[name]["name"]}}
        return self._told("read", request) or _json({**made, "sheets": [{"properties": sheet}]})

    def _update(self, request: Request) -> Response:
        if told := self._told("update", request):
            return told
        name = request.path.rsplit("/", 1)[1].removesuffix(":batchUpdate")
        self.files[name]["updates"] += (request.json or {})["requests"]
        return _json({"spreadsheetId": name, "replies": []})

    def _share(self, request: Request) -> Response:
        if told := self._told("share", request):
            return told
        self.files[request.path.split("/")[4]]["shared"].append(request.json)
        return _json({"id": "1"})

    def _delete(self, request: Request) -> Response:
        if told := self._told("delete", request):
            return told
        del self.files[request.path.rsplit("/", 1)[1]]
        return Response(status=204)

    def _told(self, call: str, request: Request) -> Response | None:
        assert request.headers["Authorization"] == "Bearer t0ken"
        self.asked.append(call)
        waiting = self.answers.get(call)
        return waiting.pop(0) if waiting else None


def refusal(status: int, message: str, reason: str = "") -> Response:
    """An error as Google words it; Drive's have reasons."""
    errors = {"errors": [{"domain": "global", "reason": reason}]} if reason else {}
    return _json({"error": {"code": status, "message": message, "status": "X", **errors}}, status)


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status=status, content_type="application/json")
