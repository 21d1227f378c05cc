"""Somebody in the web chat, whose messages an operator's API says and reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.acceptance.server import Server, eventually


@dataclass
class WebPerson:
    """`phone` names the contact, with whose rights everything happens."""

    server: Server
    phone: str
    conversation_id: str = ""

    def say(self, text: str) -> None:
        self._post({"text": text})

    def tap(self, title: str) -> None:
        """Taps an option of what was heard last, by its title."""
        offered = next(one for one in reversed(self.heard()) if one.get("options"))
        option = next(one for one in offered["options"] if one["title"] == title)
        self._post({"tap": {"option": option["id"], "title": title}})

    def heard(self) -> list[dict[str, Any]]:
        """The contents of what was said to this person, oldest first."""
        path = f"/api/conversations/{self.conversation_id}/messages"
        found = self.server.api("GET", path, params={"limit": 100})["messages"]
        return [one["content"] for one in found if one["direction"] == "out"]

    def texts(self) -> list[str]:
        return [one.get("text", "") for one in self.heard()]

    def wait_for(self, words: str) -> str:
        """The first text with these words, once it is there."""
        found = eventually(
            lambda: next((text for text in self.texts() if words in text), None), f"{words!r}", seen=self.texts
        )
        return str(found)

    def _post(self, body: dict[str, Any]) -> None:
        said = self.server.api("POST", "/api/chat/messages", json={"as": self.phone, **body})
        self.conversation_id = said["conversation_id"]
