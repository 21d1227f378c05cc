"""A request to another system."""

from __future__ import annotations

import json
import re
from typing import Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from executor_service.flows.inputs import Input, Returned
from executor_service.flows.node import Node, Visit
from executor_service.flows.nodes.returning import WithDefault, leave_with
from executor_service.flows.outcomes import Ask, Fail, Outcome
from executor_service.flows.session_model import Call
from shared.contracts.base import Json

MAX_BODY_CHARS = 256 * 1024
SECRET = re.compile(r"\{\{\s*secret\.([A-Za-z_][A-Za-z0-9_]{0,59})\s*\}\}")
HEADER_NAME = re.compile(r"^[A-Za-z0-9-]{1,80}$")
OWN_SERVER = re.compile(r"(https?://[^/?#{}\\\s]+|\{\{\s*global\.[A-Za-z_][A-Za-z0-9_]{0,59}\s*\}\})([/?#]|$)")
"""The beginning of an address whose server is the drawing's choice, or that of a global variable."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class HttpRequestConfig(WithDefault):
    """What is sent, and where the answer (`{status, body, type}`) is kept.

    `{{ secret.name }}` may stand in headers only, and only where no answer of a person can choose the server.
    `json_body` is an expression, `body` a text: one of them.
    `is_safe_to_repeat`: whether a request of unknown outcome may be sent again (always so for GET, PUT and DELETE).
    """

    url: str = Field(min_length=1, max_length=2_000, json_schema_extra={"format": "template"})
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    headers: dict[str, str] = Field(default_factory=dict, max_length=30)
    body: str = Field(default="", max_length=10_000, json_schema_extra={"format": "template"})
    json_body: str = Field(default="", max_length=10_000, json_schema_extra={"format": "expression"})
    variable: str = ""
    retries: int = Field(default=2, ge=0, le=4)
    timeout_seconds: float = Field(default=15, ge=1, le=15)
    is_safe_to_repeat: bool = False

    @field_validator("headers")
    @classmethod
    def _names_fit(cls, value: dict[str, str]) -> dict[str, str]:
        wrong = [name for name in value if not HEADER_NAME.match(name)]
        if wrong:
            raise PydanticCustomError("header_name", "a header's name has letters, digits and hyphens")
        return value

    @model_validator(mode="after")
    def _secrets_go_to_a_server_of_the_drawing(self) -> HttpRequestConfig:
        if any(SECRET.search(value) for value in self.headers.values()) and not OWN_SERVER.match(self.url):
            raise PydanticCustomError("secret_server", "with a secret in a header the address must name its server")
        return self


class HttpRequestNode(Node[HttpRequestConfig]):
    """Sends a request to another system on the internet.

    {"label": "Tracking", "type": "http_request", "config": {"url": "https://api.example.com/{{ session.order }}",
     "headers": {"Authorization": "Bearer {{ secret.tracking }}"}, "variable": "session.tracking"}}
    """

    name = "http_request"
    titles = {"es": "Petición HTTP", "pt": "Requisição HTTP", "en": "HTTP request"}  # noqa: RUF012
    exits = ("success", "error", "timeout")
    config = HttpRequestConfig

    def enter(self, config: HttpRequestConfig, visit: Visit) -> Outcome:
        body, headers = _body(config, visit)
        if len(body) > MAX_BODY_CHARS:
            return Fail("http_too_large")
        secret, plain = {}, {}
        for name, template in config.headers.items():
            pieces = _pieces(template, visit)
            if any("secret" in piece for piece in pieces):
                secret[name] = pieces
            else:
                plain[name] = "".join(piece["text"] for piece in pieces)
        payload: Json = {
            "url": visit.render(config.url).strip(),
            "method": config.method,
            "headers": {**headers, **plain},
            "secret_headers": secret,
            "body": body,
            "retries": config.retries,
        }
        repeats = config.is_safe_to_repeat or config.method in ("GET", "PUT", "DELETE")
        return Ask(Call(kind="http", payload=payload, is_idempotent=repeats, timeout_seconds=config.timeout_seconds))

    def resume(self, config: HttpRequestConfig, visit: Visit, given: Input) -> Outcome:
        if isinstance(given, Returned) and given.status == "error" and given.value is not None and config.variable:
            visit.set(config.variable, given.value)
        return leave_with(visit, given, config, config.variable)


def _body(config: HttpRequestConfig, visit: Visit) -> tuple[str, dict[str, str]]:
    if config.json_body:
        body = json.dumps(visit.value(config.json_body), ensure_ascii=False)
        return body, {"Content-Type": "application/json"}
    return (visit.render(config.body), {"Content-Type": "text/plain; charset=utf-8"}) if config.body else ("", {})


def _pieces(template: str, visit: Visit) -> list[dict[str, str]]:
    """The header's text, with the names of secrets where the drawing has them: never what a person could write."""
    pieces, place = [], 0
    for match in SECRET.finditer(template):
        pieces += [{"text": _line(visit.render(template[place : match.start()]))}, {"secret": match[1]}]
        place = match.end()
    return [*pieces, {"text": _line(visit.render(template[place:]))}]


def _line(text: str) -> str:
    """Without what would begin another header."""
    return _CONTROL.sub(" ", text)
