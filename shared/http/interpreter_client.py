"""The interpreter over HTTP: the same typed handler as in one process."""

from __future__ import annotations

from typing import TypeVar

import requests
from pydantic import ValidationError
from requests.adapters import HTTPAdapter

from shared.contracts.base import Contract
from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
from shared.contracts.turns import TurnRequest, TurnResponse
from shared.errors import ContractBroken, RecadoError, ServiceUnreachable
from shared.http.problems import error_of
from shared.tokens import Tokens

CONNECT_SECONDS = 5
READ_SECONDS = 90
"""More than the longest turn."""
SEARCH_SECONDS = 15
"""More than the longest search of the knowledge base."""
A = TypeVar("A", bound=Contract)
CONNECTIONS = 32
"""Kept open; one for each conversation that is answered at the same time."""


class InterpreterClient:
    """Implements `shared.apis.InterpreterApi` and `KnowledgeApi`; errors come back as those of the one tree.

    Threads may share it. Without an address every question says what to set.
    """

    def __init__(
        self, url: str, tokens: Tokens, service: str = "gateway", *, read_seconds: float = READ_SECONDS
    ) -> None:
        self._url = url.rstrip("/")
        self._tokens = tokens
        self._service = service
        self._timeout = (CONNECT_SECONDS, read_seconds)
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS))

    def turn(self, request: TurnRequest) -> TurnResponse:
        return self._ask("/v1/turns", request, TurnResponse)

    def search(self, query: KnowledgeQuery) -> KnowledgeAnswer:
        return self._ask("/v1/knowledge/search", query, KnowledgeAnswer)

    def _ask(self, path: str, body: Contract, answer: type[A]) -> A:
        if not self._url:
            raise ServiceUnreachable("RECADO_INTERPRETER_URL is not set: nobody knows where the interpreter is")
        headers = {
            "Authorization": f"Bearer {self._tokens.service(self._service)}",
            "Content-Type": "application/json",
        }
        data = body.model_dump_json().encode()
        try:
            response = self._session.post(
                self._url + path, data=data, headers=headers, timeout=self._timeout, allow_redirects=False
            )
        except requests.RequestException as error:
            raise ServiceUnreachable("the interpreter does not answer") from error
        if response.status_code != requests.codes.ok:
            raise _error(response)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise ContractBroken(f"the interpreter answers something else than a {answer.__name__}") from error

    def close(self) -> None:
        self._session.close()


def _error(response: requests.Response) -> RecadoError:
    """What a problem says; an answer of 5xx without one comes from something in between, such as a proxy."""
    try:
        return error_of(response.json(), response.status_code)
    except requests.JSONDecodeError:
        broken = ServiceUnreachable if response.status_code >= requests.codes.server_error else ContractBroken
        return broken(f"the interpreter answers with status {response.status_code}")
