"""Fetching files: from allowed hosts only, limited in size, checked against the hash."""

from __future__ import annotations

import base64
import hashlib
import io
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from shared.http.outgoing import open_line
from whatsapp_service.channels.whatsapp.client import WhatsAppClient
from whatsapp_service.channels.whatsapp.media import MediaError, RemoteMedia, may_see_token
from whatsapp_service.channels.whatsapp.settings import WhatsAppSettings

DATA = b"\x89PNG" * 1000
HASH = hashlib.sha256(DATA)


@pytest.fixture
def client(httpserver: HTTPServer) -> Iterator[WhatsAppClient]:
    line = open_line(httpserver.url_for(""), 1)
    settings = WhatsAppSettings(
        phone_number_id="1098", token="t0ken", base_url=httpserver.url_for(""), max_download_bytes=len(DATA)
    )
    yield WhatsAppClient(settings, line)
    line.clear()


def fault(client: WhatsAppClient, media: RemoteMedia) -> str:
    with pytest.raises(MediaError) as caught:
        client.download(media, io.BytesIO())
    return caught.value.fault


def test_media_says_where_the_file_is(httpserver: HTTPServer, client: WhatsAppClient) -> None:
    answer = {"url": "https://lookaside.fbsbx.com/x", "mime_type": "image/png", "sha256": "ab", "file_size": "4000"}
    httpserver.expect_oneshot_request("/v26.0/9001", headers={"Authorization": "Bearer t0ken"}).respond_with_json(
        answer
    )
    assert client.media("9001") == RemoteMedia("https://lookaside.fbsbx.com/x", "image/png", "ab", 4000)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, "{}", "gone"),
        (404, "<html>", "gone"),
        (400, '{"error":{"code":100,"error_subcode":33}}', "gone"),
        (401, '{"error":{"code":190}}', "unreachable"),
        (400, '{"error":{"code":80007}}', "unreachable"),
        (502, "<html>", "unreachable"),
        (302, "", "unreachable"),
    ],
)
def test_media_that_cannot_be_had(
    httpserver: HTTPServer, client: WhatsAppClient, status: int, body: str, expected: str
) -> None:
    httpserver.expect_oneshot_request("/v26.0/9001").respond_with_data(body, status)
    with pytest.raises(MediaError) as caught:
        client.media("9001")
    assert caught.value.fault == expected


@pytest.mark.parametrize("media_id", ["", "../me", "1?fields=x", "1/2", "a" * 129])
def test_media_id_that_is_no_id_is_refused(client: WhatsAppClient, media_id: str) -> None:
    with pytest.raises(MediaError, match="refused"):
        client.media(media_id)


@pytest.mark.parametrize(
    "digest", [HASH.hexdigest(), HASH.hexdigest().upper(), base64.b64encode(HASH.digest()).decode(), ""]
)
def test_download_writes_the_file(httpserver: HTTPServer, client: WhatsAppClient, digest: str) -> None:
    httpserver.expect_oneshot_request("/f", headers={"Authorization": "Bearer t0ken"}).respond_with_data(DATA)
    into = io.BytesIO()
    found = client.download(RemoteMedia(httpserver.url_for("/f"), sha256=digest, size_bytes=len(DATA)), into)
    assert (into.getvalue(), found.size_bytes, found.sha256) == (DATA, len(DATA), HASH.hexdigest())


@pytest.mark.parametrize("announced", [{"sha256": "0" * 64}, {"sha256": "no hash"}, {"size_bytes": 3}])
def test_download_that_is_not_the_announced_file(
    httpserver: HTTPServer, client: WhatsAppClient, announced: dict[str, Any]
) -> None:
    httpserver.expect_oneshot_request("/f").respond_with_data(DATA)
    assert fault(client, RemoteMedia(httpserver.url_for("/f"), **announced)) == "corrupt"


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (404, "text/plain", "gone"),
        (403, "text/plain", "gone"),
        (200, "text/html; charset=utf-8", "gone"),
        (500, "text/html", "unreachable"),
        (429, "text/html", "unreachable"),
        (302, "text/html", "refused"),
    ],
)
def test_download_answered_badly(
    httpserver: HTTPServer, client: WhatsAppClient, status: int, kind: str, expected: str
) -> None:
    headers = {"Location": "http://127.0.0.1:1/steal"}
    httpserver.expect_oneshot_request("/f").respond_with_data("x", status, headers, content_type=kind)
    assert fault(client, RemoteMedia(httpserver.url_for("/f"))) == expected


def test_download_too_big_by_its_header(httpserver: HTTPServer, client: WhatsAppClient) -> None:
    httpserver.expect_oneshot_request("/f").respond_with_data(DATA + b"x")
    assert fault(client, RemoteMedia(httpserver.url_for("/f"))) == "too_big"


@pytest.mark.parametrize(
    ("length", "body", "expected"),
    [(b"", DATA * 3, "too_big"), (b"Content-Length: 4000\r\n", b"cut", "unreachable")],
    ids=["too big without a length", "cut"],
)
def test_download_from_a_server_that_misleads(length: bytes, body: bytes, expected: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n" + length + b"\r\n" + body)

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        settings = WhatsAppSettings(phone_number_id="1", token="t", base_url=url, max_download_bytes=len(DATA))
        with open_line(url, 1) as line:
            assert fault(WhatsAppClient(settings, line), RemoteMedia(f"{url}/f")) == expected
        thread.join()


SETTINGS = WhatsAppSettings(phone_number_id="1", token="t", base_url="http://fake.test:8080")


@pytest.mark.parametrize(
    "url",
    [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=9&hash=A",
        "https://LOOKASIDE.fbsbx.com/x",
        "https://mmg.whatsapp.net/x",
        "https://graph.facebook.com:443/x",
        "http://fake.test:8080/media/1",
    ],
)
def test_token_may_go_to(url: str) -> None:
    assert may_see_token(url, SETTINGS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://evil.test/x",
        "https://evil-whatsapp.net/x",
        "https://whatsapp.net.evil.test/x",
        "https://lookaside.fbsbx.com@evil.test/x",
        "https://evil.test\\@lookaside.fbsbx.com/x",
        "https://evil.test#@lookaside.fbsbx.com/",
        "https://lookaside.fbsbx.com\n.evil.test/",
        "https://lookaside.fbsbx.com\u3002evil.test/",
        "http://fake.test:8081/x",
        "https://fake.test:8080/x",
        "http://fake.test/x",
        "https://[::1",
        "https://lookaside.fbsbx.com:x/",
    ],
)
def test_token_may_not_go_to(url: str) -> None:
    assert not may_see_token(url, SETTINGS)
