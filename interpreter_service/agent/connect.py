"""The models that the settings name."""

from __future__ import annotations

from interpreter_service.agent.breaker import ModelChain
from interpreter_service.agent.embedding import Embedder
from interpreter_service.agent.model import ChatModel
from interpreter_service.agent.openai_embedder import OpenAIEmbedder
from interpreter_service.agent.openai_model import OpenAIModel
from interpreter_service.voice.openai_transcriber import OpenAITranscriber
from interpreter_service.voice.transcriber import Transcriber


def connect_model(*, base_url: str, api_key: str, model: str, fallback_model: str = "") -> ChatModel | None:
    """The model, and its fallback behind it; None where neither an endpoint nor a key is given."""
    if not (base_url or api_key):
        return None
    names = dict.fromkeys(name for name in (model, fallback_model) if name)
    return ModelChain([OpenAIModel(model=name, api_key=api_key, base_url=base_url) for name in names])


def connect_embedder(*, base_url: str, api_key: str, model: str) -> Embedder | None:
    """The model of embeddings; None where none is named, or neither an endpoint nor a key is given."""
    if not model or not (base_url or api_key):
        return None
    return OpenAIEmbedder(model=model, api_key=api_key, base_url=base_url)


def connect_transcriber(*, base_url: str, api_key: str, model: str) -> Transcriber | None:
    """The model of speech; None where none is named, or neither an endpoint nor a key is given."""
    if not model or not (base_url or api_key):
        return None
    return OpenAITranscriber(model=model, api_key=api_key, base_url=base_url)
