"""The token of an Authorization header."""

from __future__ import annotations


def bearer_of(header: str) -> str | None:
    """The token after `Bearer`, None when the header is something else."""
    scheme, _, token = header.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
