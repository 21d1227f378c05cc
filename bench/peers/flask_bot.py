"""A bot as a script: everything happens inside the webhook's request, nothing is stored, the reply goes out first.

Two words are answered at once; everything else goes through the `openai` package's usual loop with one tool.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import requests
from flask import Flask, request
from openai import OpenAI

from bench.peers.loop import answer, erp_session
from bench.peers.webhook import message_in
from bench.words import CANCEL, MENU, PHONE_NUMBER_ID

MENU_TEXT = "Puedes preguntar:\n• ventas del mes pasado\n• facturas vencidas\n• existencias"
CANCEL_TEXT = "No hay nada que cancelar."


def create_app() -> Flask:
    app = Flask(__name__)
    outside = os.environ["BENCH_STANDINS"]
    threads = _PerThread(outside)

    @app.post("/webhook")
    def webhook() -> str:
        message, _raw = message_in(request)
        text = message["text"]["body"]
        said = {MENU: MENU_TEXT, CANCEL: CANCEL_TEXT}.get(text) or answer(threads.model(), threads.erp(), outside, text)
        threads.graph().post(
            f"{outside}/v26.0/{PHONE_NUMBER_ID}/messages",
            json={"messaging_product": "whatsapp", "to": message["from"], "type": "text", "text": {"body": said}},
            timeout=30,
        ).raise_for_status()
        return "ok"

    return app


class _PerThread:
    """Clients that each thread makes once: none of them is meant to be shared."""

    def __init__(self, outside: str) -> None:
        self._outside = outside
        self._local = threading.local()

    def model(self) -> OpenAI:
        made: OpenAI = self._once("model", lambda: OpenAI(base_url=f"{self._outside}/v1", api_key="none"))
        return made

    def erp(self) -> requests.Session:
        made: requests.Session = self._once("erp", erp_session)
        return made

    def graph(self) -> requests.Session:
        made: requests.Session = self._once("graph", requests.Session)
        made.headers["Authorization"] = "Bearer token"
        return made

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        if not hasattr(self._local, name):
            setattr(self._local, name, make())
        return getattr(self._local, name)
