"""Behind a reverse proxy: what it says of the client counts only when as many proxies are trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.test import Client

from recado.services import PREFIXES, Services
from recado.start import prepare
from shared.settings import Settings
from tests.fakes.house import SECRET

FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "recado.example",
    "X-Forwarded-Prefix": "/elsewhere",
}
PASSWORD = "a long enough password"


@pytest.mark.parametrize(("trusted", "is_secure"), [(0, False), (1, True)])
def test_cookie_is_secure_when_a_trusted_proxy_says_https(tmp_path: Path, trusted: int, is_secure: bool) -> None:
    services = Services(prepare(Settings(home=tmp_path, secret_key=SECRET, trusted_proxies=trusted)))
    services.auth.users.create("test", "ana", PASSWORD, "viewer")
    body = {"name": "ana", "password": PASSWORD}
    answer = Client(services.wsgi).post("/api/auth/login", json=body, headers=FORWARDED)
    services.stop()
    assert answer.status_code == 200
    assert ("Secure" in answer.headers["Set-Cookie"]) is is_secure


@pytest.mark.parametrize("chosen", [tuple(PREFIXES), ("executor",), ("interpreter",)])
def test_services_answer_under_their_prefix_alone_or_together(tmp_path: Path, chosen: tuple[str, ...]) -> None:
    settings = Settings(home=tmp_path, secret_key=SECRET, trusted_proxies=1, executor_url="http://127.0.0.1:9/executor")
    services = Services(prepare(settings), chosen)
    client = Client(services.wsgi)
    for name in chosen:
        document = client.get(f"{PREFIXES[name]}/openapi.json", headers=FORWARDED)
        assert document.json["servers"] == [{"url": PREFIXES[name] or "/"}]
    assert client.get("/healthz").json["status"] == "ok"
    services.stop()
