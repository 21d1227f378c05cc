"""Calls to a Frappe site with the API key of one of its users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from executor_service.erp.encoding import answer_in, dump, method_path
from executor_service.erp.site import FrappeSite, TokenAuth
from executor_service.erp.transport import Call, Reply

MAX_QUERY_CHARS = 1500


class FrappeCalls:
    """Methods of a site called as one user."""

    def __init__(self, site: FrappeSite, key: str, secret: str) -> None:
        self._site = site
        self._auth = TokenAuth(key, secret)
        self._user = ""

    def _ask(self, method: str, arguments: Mapping[str, str], *, slow: bool = False) -> Any:
        return answer_in(self._read(method, arguments, slow=slow)).get("message")

    def _read(self, method: str, arguments: Mapping[str, str], *, slow: bool = False) -> Reply:
        """Calls a method that changes nothing; what is too long for a URL goes as a body."""
        path = method_path(method)
        if len(urlencode(arguments)) <= MAX_QUERY_CHARS:
            return self._site.send(Call(verb="GET", path=path, query=arguments, slow=slow), self._auth)
        return self._site.send(Call(verb="POST", path=path, body=dump(arguments).encode(), slow=slow), self._auth)

    def _act(self, method: str, body: Mapping[str, Any]) -> Reply:
        """Values stand inside the body's own keys: on the top level Frappe takes some of them for commands."""
        return self._site.send(
            Call(verb="POST", path=method_path(method), body=dump(body).encode(), writes=True), self._auth
        )
