"""A contract as a JSON response."""

from __future__ import annotations

from flask import Response

from shared.contracts.base import Contract


def json_response(body: Contract, status: int = 200) -> Response:
    return Response(body.model_dump_json(), status=status, content_type="application/json")
