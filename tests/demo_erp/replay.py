"""Replays recorded exchanges against the stand-in and compares what is not volatile."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from demo_erp import Person, people

HERE = Path(__file__).parent
EXCHANGES = HERE / "exchanges"
_ALIASES = {"admin": "Administrator", "vendedor_cusco": "vendedor.cusco"}
_RANDOM_NAME = re.compile(r"^[a-z0-9]{10}$")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+")
_NUMBERED = re.compile(r"^[A-Z]+-[A-Z]+-2026-\d{5}(-\d)?$")
_TIME = re.compile(r"^\d\d?:\d\d:\d\d\.\d+$")
# Marks of unsaved rows, tracebacks and times differ from run to run, on a real server too.
_VOLATILE = (
    "__unsaved",
    "__islocal",
    "exc",
    "__frappe_exc_id",
    "execution_time",
    "content_hash",
    "_debug_messages",
    "chart",
)


def load_exchange(name: str) -> dict[str, Any]:
    """One recorded exchange."""
    exchange: dict[str, Any] = json.loads((EXCHANGES / f"{name}.json").read_text("utf-8"))
    return exchange


def person_called(short: str) -> Person:
    """A person by the short name that the recordings use."""
    wanted = _ALIASES.get(short, short)
    return next(person for person in people() if person.user.split("@")[0] == wanted)


@dataclass
class Replay:
    """A client that learns which names the stand-in gave to what the recorded server named otherwise."""

    app: Flask
    names: dict[str, str] = field(default_factory=dict)

    def send(self, request: dict[str, Any]) -> TestResponse:
        """Sends a recorded request with the stand-in's own keys and names."""
        client: FlaskClient = self.app.test_client(use_cookies=False)
        translated = json.loads(self._translate(json.dumps(request, ensure_ascii=False)))
        options: dict[str, Any] = {"query_string": translated.get("query")}
        if "json" in translated:
            options["json"] = translated["json"]
        elif "files" in translated:
            options |= _multipart(translated)
        elif "form" in translated:
            options["data"] = translated["form"]
        elif "raw_body" in translated:
            options |= {"data": translated["raw_body"], "content_type": "application/json"}
        headers = _headers(request.get("headers", {}))
        return client.open(translated["path"], method=request["method"], headers=headers, **options)

    def learn(self, recorded: dict[str, Any], answered: TestResponse) -> None:
        """Remembers the stand-in's name for a document that both answers show."""
        self._learn_from(recorded.get("json"), answered.get_json(silent=True))

    def _learn_from(self, theirs: Any, ours: Any) -> None:
        if isinstance(theirs, dict) and isinstance(ours, dict):
            for key in theirs.keys() & ours.keys():
                self._learn_from(theirs[key], ours[key])
                if key in ("name", "modified", "creation") and isinstance(ours[key], str):
                    self._remember(theirs[key], ours[key])
        elif isinstance(theirs, list) and isinstance(ours, list):
            for one, other in zip(theirs, ours, strict=False):
                self._learn_from(one, other)

    def _remember(self, theirs: str, ours: str) -> None:
        volatile = _RANDOM_NAME.match(theirs) or _MOMENT.match(theirs) or _NUMBERED.match(theirs)
        if volatile and theirs != ours:
            self.names[theirs] = ours

    def _translate(self, text: str) -> str:
        for theirs, ours in self.names.items():
            text = text.replace(theirs, ours)
        return text

    def comparable(self, body: Any) -> Any:
        """A body without what differs between runs, with recorded names replaced by the stand-in's."""
        return json.loads(self._translate(json.dumps(_masked(body), ensure_ascii=False)))


def _multipart(request: dict[str, Any]) -> dict[str, Any]:
    files = {
        name: FileStorage(io.BytesIO(b"x" * file["size"]), file["filename"], name, file["content_type"])
        for name, file in request["files"].items()
    }
    boundary, body = encode_multipart(request.get("form", {}) | files)
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def _headers(recorded: dict[str, str]) -> dict[str, str]:
    headers = {key: value for key, value in recorded.items() if key not in ("Authorization", "Content-Type")}
    authorization = recorded.get("Authorization", "")
    known = re.search(r"<api key of (\w+)>:<(api|wrong) secret>", authorization)
    if known:
        person = person_called(known[1])
        secret = person.api_secret if known[2] == "api" else "wrong"
        headers["Authorization"] = f"token {person.api_key}:{secret}"
    elif authorization.startswith("Basic"):
        person = person_called("admin")
        token = base64.b64encode(f"{person.api_key}:{person.api_secret}".encode()).decode()
        headers["Authorization"] = f"Basic {token}"
    elif authorization:
        headers["Authorization"] = authorization
    return headers


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked_entry(key, inner) for key, inner in value.items() if key not in _VOLATILE}
    if isinstance(value, list):
        return [_masked(inner) for inner in value]
    if isinstance(value, str):
        return _MOMENT.sub("<moment>", value)
    return round(value, 2) if isinstance(value, float) else value


def _masked_entry(key: str, value: Any) -> Any:
    if key == "_server_messages":
        return [_masked(json.loads(message)) for message in json.loads(value)]
    if key == "name" and isinstance(value, str) and _RANDOM_NAME.match(value):
        return "<random>"
    if key == "exception" and isinstance(value, str):
        return re.sub(r"\[ToDo, \w+\]", "[ToDo, <random>]", _MOMENT.sub("<moment>", value)).split("[frames")[0]
    if isinstance(value, str) and _TIME.match(value):
        return "<time>"
    return _masked(value)
