"""The interpreter over HTTP: the same typed handler as in one process."""

from __future__ import annotations

import requests
from pydantic import ValidationError
from requests.adapters import HTTPAdapter

from shared.contracts.turns import TurnRequest, TurnResponse
from shared.errors import ContractBroken, RecadoError, ServiceUnreachable
from shared.http.problems import error_of
from shared.tokens import Tokens

CONNECT_SECONDS = 5
READ_SECONDS = 90
"""More than the longest turn."""
CONNECTIONS = 32
"""Kept open; one for each conversation that is answered at the same time."""


class InterpreterClient:
    """Implements `shared.apis.InterpreterApi`; errors come back as those of the one tree. Threads may share it."""

    def __init__(
        self, url: str, tokens: Tokens, service: str = "gateway", *, read_seconds: float = READ_SECONDS
    ) -> None:
        self._url = f"{url.rstrip('/')}/v1/turns"
        self._tokens = tokens
        self._service = service
        self._timeout = (CONNECT_SECONDS, read_seconds)
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS))

    def turn(self, request: TurnRequest) -> TurnResponse:
        headers = {
            "Authorization": f"Bearer {self._tokens.service(self._service)}",
            "Content-Type": "application/json",
        }
        body = request.model_dump_json().encode()
        try:
            response = self._session.post(
                self._url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False
            )
        except requests.RequestException as error:
            raise ServiceUnreachable("the interpreter does not answer") from error
        if response.status_code != requests.codes.ok:
            raise error_in(response)
        try:
            return TurnResponse.model_validate_json(response.content)
        except ValidationError as error:
            raise ContractBroken("the interpreter answers something else than a turn") from error

    def close(self) -> None:
        self._session.close()


def error_in(response: requests.Response) -> RecadoError:
    """What a problem says; an answer of 5xx without one comes from something in between, such as a proxy."""
    try:
        return error_of(response.json(), response.status_code)
    except requests.JSONDecodeError:
        broken = ServiceUnreachable if response.status_code >= requests.codes.server_error else ContractBroken
        return broken(f"the interpreter answers with status {response.status_code}")
