"""Checks of what Recado talks to: the ERP, WhatsApp, the model, Redis."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr

from recado.doctor.report import Finding, failed, ok, warning
from shared.settings import Settings

TIMEOUT_SECONDS = (5, 10)
OPENAI_URL = "https://api.openai.com/v1"


def check_outside(settings: Settings) -> Iterator[Finding]:
    """Findings about the channels, the model and Redis; the ERP is checked through its connection."""
    yield _whatsapp(settings)
    yield _signature(settings)
    yield _model(settings)
    if settings.redis_url:
        yield _redis(settings.redis_url)


def _whatsapp(settings: Settings) -> Finding:
    subject = "WhatsApp"
    token = _clear(settings.whatsapp_token)
    if not token or not settings.whatsapp_phone_number_id:
        return ok(subject, "not set up: sends are simulated and visible in the conversation")
    base = f"{settings.whatsapp_graph_url}/{settings.whatsapp_api_version}"
    return _asks(
        subject,
        f"{base}/{settings.whatsapp_phone_number_id}",
        token,
        "Check RECADO_WHATSAPP_TOKEN (a system user's) and RECADO_WHATSAPP_PHONE_NUMBER_ID.",
    )


def _signature(settings: Settings) -> Finding:
    subject = "WhatsApp webhook"
    if settings.whatsapp_app_secret is None:
        mend = "Set RECADO_WHATSAPP_APP_SECRET (App settings → Basic); without it every delivery is refused."
        return warning(subject, "no app secret", mend)
    if settings.whatsapp_verify_token is None:
        mend = "Set RECADO_WHATSAPP_VERIFY_TOKEN to the word you type into Meta's webhook form."
        return warning(subject, "no verify token", mend)
    return ok(subject, "app secret and verify token are set")


def _model(settings: Settings) -> Finding:
    subject = "Language model"
    key = _clear(settings.llm_api_key)
    if not key and not settings.llm_base_url:
        return ok(subject, "none: the interpreter that needs no model answers")
    base = settings.llm_base_url or OPENAI_URL
    return _asks(subject, f"{base.rstrip('/')}/models", key, "Check RECADO_LLM_BASE_URL and RECADO_LLM_API_KEY.")


def _asks(subject: str, url: str, token: str, mend: str) -> Finding:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = requests.get(url, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        return failed(subject, f"does not answer ({type(error).__name__})", mend)
    if answer.status_code >= requests.codes.bad_request:
        return failed(subject, f"answers HTTP {answer.status_code}", mend)
    return ok(subject, f"{urlsplit(url).hostname} answers")


def _redis(url: str) -> Finding:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "localhost", parts.port or 6379), timeout=2).close()
    except OSError as error:
        return failed(
            "Redis", f"does not answer ({error.strerror or error})", "Start Redis or correct RECADO_REDIS_URL."
        )
    return ok("Redis", "answers")


def _clear(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
