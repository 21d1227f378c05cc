"""Names of files as people see them."""

from __future__ import annotations

from whatsapp_service.channels.splitting import fit_title

MAX_NAME = 240
_MAX_EXTENSION = 10


def display_name(name: str, limit: int = MAX_NAME) -> str:
    """The last part of a path, on one line, cut to `limit` UTF-16 units with its ending kept; never empty.

    For showing only: stored files get names of our own.
    """
    visible = "".join(char for char in name.replace("\\", "/") if char.isprintable() or char.isspace())
    last = visible.rpartition("/")[2].strip(" .")
    stem, dot, extension = last.rpartition(".")
    if not (stem and dot and extension.isalnum() and len(extension) <= _MAX_EXTENSION):
        return fit_title(last, limit)
    return f"{fit_title(stem, limit - 2 * _MAX_EXTENSION)}.{extension}"
