"""Somebody's phone: what they write is delivered as Meta does it, what they get is read at the stand-in for Graph."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import requests

from tests.acceptance.graph import Graph, Upload
from tests.acceptance.server import TIMEOUT_SECONDS, Server, eventually

APP_SECRET = "the app secret of the acceptance tests"
SHAPES = Path(__file__).parents[1] / "whatsapp_service" / "channels" / "payloads"
TEXTS = Path(__file__).parents[2] / "whatsapp_service" / "texts"
ANSWER_SECONDS = 120
RECOVERY_SECONDS = 240
"""After a kill: leases run out, and what was just being sent waits two minutes before it is tried again."""
QUIET_SECONDS = 1.5
PREFIXES = {"es": "519870", "pt": "551199", "en": "120255"}


def shape(name: str) -> dict[str, Any]:
    """A recorded delivery."""
    found: dict[str, Any] = json.loads((SHAPES / f"{name}.json").read_text())
    return found


def deliver(server: Server, body: object, *, secret: str | None = APP_SECRET) -> requests.Response:
    """Posts a delivery; without a secret it is not signed."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Hub-Signature-256"] = f"sha256={hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()}"
    return requests.post(f"{server.url}/webhooks/whatsapp", data=raw, headers=headers, timeout=TIMEOUT_SECONDS)


@dataclass
class Phone:
    """`heard` is what arrived, but for words about progress, of which a busy machine makes some.

    `say` and `tap` give the delivered body, so that it can be posted again.
    """

    server: Server
    graph: Graph
    number: str
    _said: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, text: str) -> dict[str, Any]:
        body = self.delivery("wa_text", text={"body": text})
        self.post(body)
        return body

    def tap(self, option: str) -> dict[str, Any]:
        """Taps an option of the last question, by its title."""
        found = next(one for one in options(self.heard[-1]) if one["title"] == option)
        kind = f"{self.heard[-1]['interactive']['type']}_reply"
        body = self.delivery(f"wa_{kind}", interactive={"type": kind, kind: found})
        self.post(body)
        return body

    def post(self, body: object) -> None:
        assert deliver(self.server, body).status_code == 200

    def delivery(self, name: str, **content: object) -> dict[str, Any]:
        """A recorded delivery as if it came from this phone, now, with another content."""
        with self._lock:
            self._said += 1
            said = self._said
        body = copy.deepcopy(shape(name))
        value = body["entry"][0]["changes"][0]["value"]
        value["contacts"] = [{"profile": {"name": "Ana Pérez"}, "wa_id": self.number, "user_id": self._user_id}]
        message = value["messages"][0]
        message |= {"from": self.number, "from_user_id": self._user_id, "id": f"wamid.{self.number}.{said}"}
        message |= {"timestamp": str(int(time.time())), **content}
        return body

    @property
    def heard(self) -> list[dict[str, Any]]:
        return [body for body in self.graph.sent_to(self.number) if not is_progress(text_of(body))]

    @property
    def progress(self) -> list[str]:
        """The words about progress that arrived."""
        return [text for text in map(text_of, self.graph.sent_to(self.number)) if is_progress(text)]

    @property
    def texts(self) -> list[str]:
        """The words of what was heard: texts, questions with options, captions left out."""
        return [text for text in map(text_of, self.heard) if text]

    def files(self, since: int = 0) -> list[Upload]:
        """The files among what was heard after the first so many messages."""
        ids = [body[body["type"]]["id"] for body in self.heard[since:] if body["type"] in ("image", "document")]
        return [self.graph.uploads[media_id] for media_id in ids]

    def wait(self, count: int, seconds: float = ANSWER_SECONDS) -> list[dict[str, Any]]:
        """All that was heard, once there are so many."""
        eventually(lambda: len(self.heard) >= count, f"{count} messages", seconds, seen=lambda: self.heard)
        return self.heard

    def wait_for(self, is_it: Callable[[str], bool], seconds: float = ANSWER_SECONDS) -> str:
        """The first text that is so."""
        found = eventually(
            lambda: next(filter(is_it, self.texts), None), "such a text", seconds, seen=lambda: self.texts
        )
        return str(found)

    def ask(self, text: str, seconds: float = ANSWER_SECONDS) -> str:
        """The first text that answers."""
        before = len(self.texts)
        self.say(text)
        eventually(lambda: len(self.texts) > before, f"an answer to {text!r}", seconds, seen=lambda: self.texts)
        return self.texts[before]

    def nothing_more(self, count: int, seconds: float = QUIET_SECONDS) -> None:
        """Proves that so many messages were heard and no other comes."""
        time.sleep(seconds)
        assert len(self.heard) == count, self.heard

    @property
    def conversation_id(self) -> str:
        """That of this phone, as the API knows it."""
        contact = self.server.api("GET", "/api/contacts", params={"phone": self.number})["contacts"][0]["id"]
        found = self.server.api("GET", "/api/conversations", params={"limit": 200})["conversations"]
        return next(str(one["id"]) for one in found if one["contact_id"] == contact)

    @property
    def _user_id(self) -> str:
        return f"US.7{self.number}"


def text_of(body: dict[str, Any]) -> str:
    if body["type"] == "text":
        return str(body["text"]["body"])
    return str(body["interactive"]["body"]["text"]) if body["type"] == "interactive" else ""


def is_progress(text: str) -> bool:
    """Whether it only says that work goes on."""
    return any(re.fullmatch(pattern, text) for pattern in _progress_patterns())


@cache
def _progress_patterns() -> tuple[str, ...]:
    said = [json.loads((TEXTS / f"{language}.json").read_text()) for language in PREFIXES]
    told = [texts[key] for texts in said for key in ("progress", "progress_percent", "progress_untitled")]
    return tuple(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in told)


def options(body: dict[str, Any]) -> list[dict[str, str]]:
    """What can be tapped under a question."""
    action = body["interactive"]["action"]
    if "buttons" in action:
        return [one["reply"] for one in action["buttons"]]
    return [row for section in action["sections"] for row in section["rows"]]
