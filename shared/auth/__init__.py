"""Console users and what lets them in: passwords, sessions, API tokens, the first administrator's link."""

from shared.auth.model import SignedInUser
from shared.auth.wiring import Auth, make_auth

__all__ = ["Auth", "SignedInUser", "make_auth"]
