"""Names of files that we make."""

from __future__ import annotations

import re
import unicodedata


def slug(title: str) -> str:
    """A title as the beginning of a file's name: lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "recado"
