"""Asking through the web chat's API, and reading the answers as they come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import requests

from shared.errors import ServiceUnreachable
from shared.http.problems import error_of

TIMEOUT_SECONDS = (5, 60)
LOOK_EVERY_SECONDS = 0.15
OPEN_STATES = ("queued", "sending", "retry")


@dataclass(frozen=True)
class Said:
    """A text, with the options that can be chosen by number."""

    text: str
    options: tuple[str, ...] = ()
    is_progress: bool = False


@dataclass(frozen=True)
class File:
    artifact_id: str
    filename: str
    caption: str


@dataclass(frozen=True)
class Unanswered:
    """Nothing will come, or has come in time: `human` and `muted` are modes of the conversation."""

    why: Literal["human", "muted", "late"]


Answered = Said | File | Unanswered


class Asker:
    """Asks one server, with the rights of the operator of its machine; `token` gives one that is good now."""

    def __init__(self, url: str, token: Callable[[], str], language: str) -> None:
        self._url = url
        self._token = token
        self._session = requests.Session()
        self._session.headers.update({"Accept-Language": language})

    def ask(self, text: str, *, phone: str | None, seconds: float) -> Iterator[Answered]:
        """What is answered, until the answer is whole; at the end why there is none, or no more."""
        body = {"text": text, **({"as": phone} if phone else {})}
        asked = self._send("POST", "/api/chat/messages", json=body).json()
        conversation, cursor = asked["conversation_id"], asked["message_id"]
        deadline = time.monotonic() + seconds
        told: set[int] = set()
        while time.monotonic() < deadline:
            question, answers = self._look(conversation, cursor)
            fresh = [one for one in answers if one["id"] not in told and one["state"] not in OPEN_STATES]
            told.update(one["id"] for one in fresh)
            yield from (_said(one) for one in fresh)
            is_whole = question["state"] != "received" and len(told) == len(answers)
            if is_whole and any(one["slot"] is None for one in answers):
                return
            if is_whole and question["error"] in ("human", "muted"):
                yield Unanswered(question["error"])
                return
            time.sleep(LOOK_EVERY_SECONDS)
        yield Unanswered("late")

    def content(self, file: File) -> bytes:
        return self._send("GET", f"/api/artifacts/{file.artifact_id}").content

    def _look(self, conversation: str, asked: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The question as it stands and what was said after it."""
        path = f"/api/conversations/{conversation}/messages"
        found = self._send("GET", path, params={"after": asked - 1}).json()["messages"]
        question = next(one for one in found if one["id"] == asked)
        return question, [one for one in found if one["direction"] == "out"]

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token()}"}
        try:
            response = self._session.request(
                method, self._url + path, headers=headers, timeout=TIMEOUT_SECONDS, **options
            )
        except requests.RequestException as error:
            raise ServiceUnreachable("the server does not answer") from error
        if response.status_code >= requests.codes.bad_request:
            raise error_of(
                response.json() if "json" in response.headers.get("Content-Type", "") else None, response.status_code
            )
        return response


def _said(message: dict[str, Any]) -> Answered:
    content = message["content"]
    if content["kind"] == "file":
        return File(content["artifact_id"], content["filename"], content["caption"])
    options = tuple(_option(one) for one in content.get("options", ()))
    return Said(content["text"], options, is_progress=message["slot"] is not None)


def _option(option: Mapping[str, Any]) -> str:
    """The title, or what stands for it in full where it had to be cut to fit a phone's button."""
    title, description = str(option["title"]), str(option.get("description") or "")
    if not description:
        return title
    return description if title.endswith("…") else f"{title}: {description}"
