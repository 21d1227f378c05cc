"""Which receipts the stock that is left came from, first in, first out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demo_erp.store import Row

Key = tuple[str, str]


@dataclass
class Slot:
    """What is left of one receipt, and its value; negative where more was issued than there was."""

    quantity: float
    day: date
    value: float


class Stocks:
    """The queues of every item and warehouse while movements are read in their order.

    The values are those of ERPNext's `FIFOSlots`: a part of a slot takes what is left of the movement's own value.
    """

    def __init__(self) -> None:
        self._queues: dict[Key, list[Slot]] = {}
        self._transfers: dict[tuple[str, str, str], list[Slot]] = {}
        self._balances: dict[Key, float] = {}

    def move(self, entry: Row) -> None:
        """Adds a receipt or takes an issue from the oldest ones."""
        key = (entry["item_code"], entry["warehouse"])
        quantity = float(entry["actual_qty"])
        if entry["voucher_type"] == "Stock Reconciliation":
            quantity = float(entry["qty_after_transaction"]) - self._balances.get(key, 0.0)
        self._balances[key] = float(entry["qty_after_transaction"])
        queue, taken = self._queues.setdefault(key, []), self._transfers.setdefault((entry["voucher_no"], *key), [])
        day, value = date.fromisoformat(entry["posting_date"]), float(entry["stock_value_difference"])
        if quantity > 0:
            _put(queue, taken, Slot(quantity, day, value))
        else:
            _take(queue, taken, Slot(-quantity, day, abs(value)))

    def slots(self, item: str) -> list[Slot]:
        """What is left of an item in all warehouses, the oldest first."""
        found = [slot for (code, _), queue in self._queues.items() if code == item for slot in queue]
        return sorted(found, key=lambda slot: slot.day)


def _put(queue: list[Slot], taken: list[Slot], received: Slot) -> None:
    """Goods that the same document took out before keep their age."""
    while taken and received.quantity > 0:
        _add(queue, _part_of(taken, received))
    if received.quantity > 0:
        _add(queue, received)


def _take(queue: list[Slot], taken: list[Slot], issued: Slot) -> None:
    while issued.quantity > 0:
        if not queue or queue[0].quantity <= 0:
            owed = queue.pop(0) if queue else Slot(0.0, issued.day, 0.0)
            queue.insert(0, Slot(owed.quantity - issued.quantity, owed.day, owed.value - issued.value))
            taken.append(issued)
            return
        taken.append(_part_of(queue, issued))


def _part_of(slots: list[Slot], wanted: Slot) -> Slot:
    """As much of the first slot as is wanted; both are lowered by it."""
    first = slots[0]
    if first.quantity <= wanted.quantity:
        wanted.quantity -= first.quantity
        wanted.value -= first.value
        return slots.pop(0)
    part = Slot(wanted.quantity, first.day, wanted.value)
    first.quantity -= part.quantity
    first.value -= part.value
    wanted.quantity = wanted.value = 0.0
    return part


def _add(queue: list[Slot], slot: Slot) -> None:
    if queue and queue[0].quantity <= 0:
        queue[0] = Slot(queue[0].quantity + slot.quantity, slot.day, queue[0].value + slot.value)
    else:
        queue.append(slot)
