"""The frame every service's app stands in: problems, health, metrics and its OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response
from flask.json.provider import DefaultJSONProvider
from flask_openapi import Info, OpenAPI, SecurityScheme, Server
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from pydantic import BaseModel

from shared.http.problems import PROBLEM_RESPONSES, register_problems, validation_problem

Check = Callable[[], None]
"""Raises when a dependency of the service is not usable."""

SECURITY_SCHEMES: dict[str, SecurityScheme | dict[str, Any]] = {
    "service": {"type": "http", "scheme": "bearer", "description": "A signed service token"},
    "token": {"type": "http", "scheme": "bearer", "description": "An API token of a console user"},
    "session": {"type": "apiKey", "in": "cookie", "name": "recado_session"},
}
METRICS = {"description": "Prometheus text format", "content": {CONTENT_TYPE_LATEST: {"schema": {"type": "string"}}}}
MAX_BODY_BYTES = 64 * 1024 * 1024


class Health(BaseModel):
    status: str
    checks: dict[str, str] = {}


def make_app(name: str, *, title: str, prefix: str, checks: Mapping[str, Check], metrics: CollectorRegistry) -> OpenAPI:
    """A bare app of one service, mounted at `prefix`, with /healthz, /readyz, /metrics and /openapi.json."""
    app = OpenAPI(
        name,
        info=Info(title=title, version="1"),
        servers=[Server(url=prefix or "/")],
        security_schemes=SECURITY_SCHEMES,
        responses=PROBLEM_RESPONSES,
        validation_error_callback=validation_problem,
        doc_ui=False,
        static_folder=None,
    )
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.json = _Json(app)
    register_problems(app)
    _register_watching(app, checks, metrics)
    return app


class _Json(DefaultJSONProvider):
    """JSON in which letters stay letters, and a body nested too deeply is as wrong as any other that is no JSON."""

    ensure_ascii = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def _register_watching(app: OpenAPI, checks: Mapping[str, Check], metrics: CollectorRegistry) -> None:
    @app.get("/healthz", summary="Alive", responses={"200": Health})
    def healthz() -> dict[str, object]:
        return {"status": "ok", "checks": {}}

    @app.get("/readyz", summary="Able to work: its dependencies answer", responses={"200": Health, "503": Health})
    def readyz() -> tuple[dict[str, object], int]:
        states = {name: _state(check) for name, check in checks.items()}
        ready = all(state == "ok" for state in states.values())
        return {"status": "ok" if ready else "unavailable", "checks": states}, 200 if ready else 503

    @app.get("/metrics", summary="Prometheus metrics", responses={"200": METRICS})
    def show_metrics() -> Response:
        return Response(generate_latest(metrics), content_type=CONTENT_TYPE_LATEST)

    @app.route("/openapi.json")
    def openapi_document() -> dict[str, object]:
        document: dict[str, object] = app.api_doc
        return document


def _state(check: Check) -> str:
    try:
        check()
    except Exception as error:  # noqa: BLE001  any failure means not ready, and is named
        return type(error).__name__
    return "ok"
