"""The console's files: under a policy, compressed where wanted, and nothing beside them."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse as Response

from whatsapp_service.http.console_page import console_page

SCRIPT = b"console.log('recado')"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<div id=root></div>")
    (folder / "assets" / "app-1.js").write_bytes(SCRIPT)
    (folder / "assets" / "app-1.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "secret.key").write_text("secret")
    app = Flask("console", static_folder=None)
    app.register_blueprint(console_page(folder))
    return app.test_client()


def get(client: FlaskClient, path: str, **options: Any) -> Response:
    """The answer, whole and its file closed."""
    with client.get(path, **options) as found:
        found.get_data()
        return found


@pytest.mark.parametrize("path", ["/console/", "/console/tasks", "/console/conversations/1a2b"])
def test_every_address_of_the_page_gives_the_page_under_its_policy(client: FlaskClient, path: str) -> None:
    found = get(client, path)
    assert (found.status_code, found.text) == (200, "<div id=root></div>")
    assert "default-src 'self'" in found.headers["Content-Security-Policy"]
    assert "no-cache" in found.headers["Cache-Control"]


def test_root_leads_to_the_console(client: FlaskClient) -> None:
    assert get(client, "/").headers["Location"] == "/console/"


def test_script_is_sent_compressed_to_who_takes_it_and_kept_for_ever(client: FlaskClient) -> None:
    found = get(client, "/console/assets/app-1.js", headers={"Accept-Encoding": "gzip"})
    assert found.headers["Content-Encoding"] == "gzip"
    assert found.mimetype == "text/javascript"
    assert gzip.decompress(found.data) == SCRIPT
    assert "max-age=31536000" in found.headers["Cache-Control"]
    assert get(client, "/console/assets/app-1.js").data == SCRIPT


@pytest.mark.parametrize("path", ["/console/assets/none.js", "/console/assets/../../secret.key"])
def test_missing_script_is_not_the_page(client: FlaskClient, path: str) -> None:
    assert get(client, path).status_code == 404


def test_nothing_beside_the_folder_is_served(client: FlaskClient) -> None:
    assert "secret" not in get(client, "/console/../secret.key").text
    assert "secret" not in get(client, "/console/%2e%2e/secret.key").text
