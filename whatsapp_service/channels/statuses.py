"""In which order the statuses of an outgoing message count."""

from __future__ import annotations

_RANKS = {"sent": 1, "delivered": 2, "read": 3, "played": 4}


def status_rises(current: str, new: str) -> bool:
    """Whether `new` may replace `current`: statuses repeat, skip and overtake each other, so only a higher rank counts.

    `failed` replaces `sent` and whatever came before it, but does not undo a delivery. A delivery after `failed`
    counts: the provider tried again and got through. Unknown words never replace anything.
    """
    if new == "failed":
        return _RANKS.get(current, 0) < _RANKS["delivered"] and current != "failed"
    if current == "failed":
        return _RANKS.get(new, 0) >= _RANKS["delivered"]
    return _RANKS.get(new, 0) > _RANKS.get(current, 0)
