"""The conversations of those who wrote lately, so that a known sender costs no look-up."""

from __future__ import annotations

import threading
from collections import OrderedDict

from whatsapp_service.channels.types import Echo, Inbound
from whatsapp_service.model import Place

PlaceKey = tuple[str, str, str, tuple[object, ...]]


class KnownPlaces:
    """A bounded memory. It may be lost or stale: foreign keys refuse a message for what no longer exists."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._places: OrderedDict[PlaceKey, Place] = OrderedDict()

    def find(self, key: PlaceKey) -> Place | None:
        with self._lock:
            place = self._places.get(key)
            if place is not None:
                self._places.move_to_end(key)
            return place

    def keep(self, found: dict[PlaceKey, Place]) -> None:
        with self._lock:
            self._places.update(found)
            while len(self._places) > self._most:
                self._places.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._places.clear()


def place_key(message: Inbound | Echo) -> PlaceKey:
    """All that decides where a message goes: a new address of a known sender makes another key."""
    people = message.sender if isinstance(message, Inbound) else message.recipient
    return message.channel, message.account, message.chat, people
