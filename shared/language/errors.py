"""What can be wrong with the words a person used."""

from __future__ import annotations


class DateNotUnderstood(ValueError):
    """The words name no period, an impossible one (31 February) or several different ones."""
