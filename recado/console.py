"""Where the console is: its built files, its address, and the link to its first administrator."""

from __future__ import annotations

from pathlib import Path

from shared.auth.wiring import Auth
from shared.settings import Settings

BUILT = Path(__file__).parents[1] / "console" / "dist"


def find_console() -> Path | None:
    """The folder with the built page, or None where it was not built (Node was missing)."""
    return BUILT if (BUILT / "index.html").is_file() else None


def address_of(settings: Settings) -> str:
    """Under which address this server is reached, without a slash at its end."""
    return settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"


def first_link(settings: Settings, auth: Auth) -> str:
    """A new one-time link to the page where the first administrator signs up; raises Conflict once there is a user.

    The secret is behind the `#`, which browsers do not send, so that it is in no log.
    """
    return f"{address_of(settings)}/console/first#{auth.first_link.renew()}"
