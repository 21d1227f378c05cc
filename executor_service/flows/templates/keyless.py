"""A flow without keys that somebody wrote into its requests: what is kept for others names secrets instead. Pure."""

from __future__ import annotations

import re

from executor_service.flows.importing.naming import slug
from executor_service.flows.importing.requesting import holds_key
from executor_service.flows.model import Flow, FlowNode
from shared.contracts.base import Json

OPENER = "{{"
_SCHEME = re.compile(r"^(?:Bearer|Basic|Token|ApiKey)\s+", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"([?&](?:api[-_]?key|key|token|access_token|secret|password)=)[^&{}#]+", re.IGNORECASE)


def keyless(flow: Flow) -> Flow:
    """`Authorization: Bearer abc` becomes `Bearer {{ secret.authorization }}`; a key in an address is cut out."""
    return flow.model_copy(update={"nodes": tuple(_node(node) for node in flow.nodes)})


def _node(node: FlowNode) -> FlowNode:
    if node.data.type != "http_request":
        return node
    config: Json = dict(node.data.config)
    if isinstance(config.get("headers"), dict):
        config["headers"] = {name: _header(str(name), value) for name, value in config["headers"].items()}
    if isinstance(config.get("url"), str):
        config["url"] = _IN_ADDRESS.sub(r"\1", config["url"])
    return node.model_copy(update={"data": node.data.model_copy(update={"config": config})})


def _header(name: str, value: object) -> object:
    if not isinstance(value, str) or not holds_key(name, value, OPENER):
        return value
    scheme = _SCHEME.match(value)
    return f"{scheme[0] if scheme else ''}{{{{ secret.{slug(name, 'key')} }}}}"
