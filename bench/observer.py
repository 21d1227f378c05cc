"""What the stand-ins saw, asked for over their control addresses."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from typing import Any

import orjson

from bench.load.matching import Reply
from bench.processes import Server

LOOK_SECONDS = 0.05


class Observer:
    """Waits for replies and reads them."""

    def __init__(self, outside: Server) -> None:
        self._outside = outside

    def reset(self) -> None:
        self._ask("/_reset")

    def replies(self) -> list[Reply]:
        return [Reply(*one) for one in self._ask("/_log")]

    def asked(self) -> dict[str, int]:
        """How many messages, receipts, uploads, questions to the model and calls of the ERP there were."""
        return dict(self._ask("/_stats"))

    async def wait_for(self, replies: int, *, at_most: float, quiet: float, settle: float) -> None:
        """Until so many replies came or none for `quiet` seconds; then `settle` seconds for any that are too many."""
        until, seen, seen_at = time.monotonic() + at_most, -1, time.monotonic()
        while time.monotonic() < until:
            found = self.asked()["replies"]
            if found != seen:
                seen, seen_at = found, time.monotonic()
            if found >= replies or time.monotonic() - seen_at > quiet:
                break
            await asyncio.sleep(LOOK_SECONDS)
        await asyncio.sleep(settle)

    def _ask(self, path: str) -> Any:
        with urllib.request.urlopen(self._outside.url + path, timeout=30) as response:
            return orjson.loads(response.read())
