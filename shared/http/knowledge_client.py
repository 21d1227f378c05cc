"""The knowledge base over HTTP: the same typed handler as in one process."""

from __future__ import annotations

import requests
from pydantic import ValidationError
from requests.adapters import HTTPAdapter

from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
from shared.errors import ContractBroken, ServiceUnreachable
from shared.http.interpreter_client import error_in
from shared.tokens import Tokens

TIMEOUT_SECONDS = (5, 15)
CONNECTIONS = 16


class KnowledgeClient:
    """Implements `shared.apis.KnowledgeApi`; threads may share it. Without an address it says what to set."""

    def __init__(self, url: str, tokens: Tokens, service: str = "executor") -> None:
        self._url = f"{url.rstrip('/')}/v1/knowledge/search" if url else ""
        self._tokens = tokens
        self._service = service
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS))

    def search(self, query: KnowledgeQuery) -> KnowledgeAnswer:
        if not self._url:
            raise ServiceUnreachable("RECADO_INTERPRETER_URL is not set: the knowledge base is with the interpreter")
        headers = {
            "Authorization": f"Bearer {self._tokens.service(self._service)}",
            "Content-Type": "application/json",
        }
        try:
            response = self._session.post(
                self._url,
                data=query.model_dump_json().encode(),
                headers=headers,
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise ServiceUnreachable("the knowledge base does not answer") from error
        if response.status_code != requests.codes.ok:
            raise error_in(response)
        try:
            return KnowledgeAnswer.model_validate_json(response.content)
        except ValidationError as error:
            raise ContractBroken("the knowledge base answers something else than passages") from error

    def close(self) -> None:
        self._session.close()
