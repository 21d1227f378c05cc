"""Who is calling: API key and secret in an `Authorization` header."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping

from demo_erp.errors import FrappeError
from demo_erp.people import GUEST, Person


def authenticate(header: str, persons: Mapping[str, Person], disabled: frozenset[str]) -> Person:
    """The person of a `token key:secret` or `Basic` header; a guest without one. Raises the recorded 401."""
    if not header:
        return Person(GUEST, GUEST, "", ())
    key, secret = _credentials(header)
    person = persons.get(key)
    if person is None or not hmac.compare_digest(person.api_secret, secret) or person.user in disabled:
        raise _refused()
    return person


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, rest = header.partition(" ")
    text = rest.strip()
    if scheme.lower() == "basic":
        try:
            text = base64.b64decode(text).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise _refused() from error
    elif scheme.lower() != "token":
        raise _refused()
    key, colon, secret = text.partition(":")
    if not colon:
        raise _refused()
    return key, secret


def _refused() -> FrappeError:
    return FrappeError(401, "frappe.exceptions.AuthenticationError")
