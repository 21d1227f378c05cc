"""The browser that makes the present request: its cookie, where it comes from, and who is signed in with it."""

from __future__ import annotations

from flask import request

from shared.auth.login import Visit
from shared.auth.model import SignedInUser
from shared.errors import NotPermitted
from shared.http.guard import SESSION_COOKIE, Guard


def visit() -> Visit:
    agent = request.headers.get("User-Agent", "")
    return Visit(address=request.remote_addr or "", browser=agent, cookie=request.cookies.get(SESSION_COOKIE))


def cookie() -> str:
    return request.cookies.get(SESSION_COOKIE, "")


def browser_user(guard: Guard) -> SignedInUser:
    """Who is signed in; raises NotPermitted for a program, which has no sessions."""
    user = guard.user()
    if user.via != "session":
        raise NotPermitted("only a signed-in browser has sessions")
    return user
