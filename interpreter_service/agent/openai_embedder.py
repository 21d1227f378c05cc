"""A model of embeddings behind any endpoint that speaks OpenAI's API."""

from __future__ import annotations

import json
from collections.abc import Sequence

from interpreter_service.agent.endpoint import Endpoint
from interpreter_service.agent.providers import provider_of
from shared.errors import ModelUnavailable


class OpenAIEmbedder:
    """One model of one endpoint (`interpreter_service.agent.embedding.Embedder`); threads may share it."""

    def __init__(self, *, model: str, api_key: str, base_url: str = "") -> None:
        self._model = model
        self._endpoint = Endpoint(provider_of(base_url, api_key), api_key)

    def embed(self, texts: Sequence[str], seconds: float) -> list[list[float]]:
        body = json.dumps({"model": self._model, "input": list(texts), "encoding_format": "float"}).encode()
        return _vectors(self._endpoint.post("/embeddings", body, seconds), len(texts))

    def close(self) -> None:
        self._endpoint.close()


def _vectors(content: bytes, wanted: int) -> list[list[float]]:
    try:
        found = sorted(json.loads(content)["data"], key=lambda one: int(one["index"]))
        vectors = [[float(value) for value in one["embedding"]] for one in found]
    except (ValueError, LookupError, TypeError) as error:
        raise ModelUnavailable("the endpoint answers something that is no embedding") from error
    if len(vectors) != wanted or len({len(vector) for vector in vectors}) > 1:
        raise ModelUnavailable("the endpoint answers with too few embeddings")
    return vectors
