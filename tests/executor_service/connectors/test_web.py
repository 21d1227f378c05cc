"""The guarded web client on real sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from executor_service.connectors.web.addresses import is_public, target_of
from executor_service.connectors.web.client import WebClient
from executor_service.connectors.web.model import WebFailed, WebRequest

FORBIDDEN = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
    "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "2002:a9fe:a9fe::", "2001:db8::1", "not an address", "",
]  # fmt: skip
URLS = [
    "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/",
    "http://0/", "http://user:pass@example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://x/", "http://",
    "//example.com/", "http://example.com:99999/", "http://a b/", "http://example.com/\r\nX: 1", "http://[::1",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_address_is_allowed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", URLS)
def test_dangerous_url_is_refused(url: str) -> None:
    with pytest.raises(WebFailed) as caught:
        WebClient().fetch(WebRequest(url=url, timeout_seconds=2))
    assert caught.value.code in {"bad_address", "forbidden_address", "unreachable"}


def test_name_with_one_private_address_is_refused() -> None:
    with pytest.raises(WebFailed, match="public internet"):
        target_of("http://two.example/", lambda host, port: ["8.8.8.8", "10.0.0.1"])


def local(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def client() -> WebClient:
    return WebClient(resolve=local, allow=lambda address: address == "127.0.0.1")


def address(server: HTTPServer, path: str = "/", host: str = "api.example") -> str:
    return f"http://{host}:{server.port}{path}"


def test_request_arrives_with_its_host_and_body(client: WebClient, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a", method="POST", query_string="b=1").respond_with_handler(
        lambda request: Response(f"{request.host}|{request.get_data(as_text=True)}|{request.headers['X-One']}")
    )
    request = WebRequest(url=address(httpserver, "/a?b=1"), method="POST", headers={"X-One": "1"}, body=b"hello")
    assert client.fetch(request).body.decode() == f"api.example:{httpserver.port}|hello|1"


def test_rebinding_name_is_asked_once_and_the_checked_address_used(httpserver: HTTPServer) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    httpserver.expect_request("/").respond_with_data("ok")
    client = WebClient(resolve=rebinding, allow=lambda one: one == "127.0.0.1")
    assert client.fetch(WebRequest(url=address(httpserver))).body == b"ok"
    assert asked == ["api.example"]


def test_redirect_to_a_private_address_is_refused(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", status=302, headers={"Location": "http://inner.example/x"})
    client = WebClient(
        resolve=lambda host, port: ["10.0.0.1"] if host == "inner.example" else ["127.0.0.1"],
        allow=lambda one: one == "127.0.0.1",
    )
    with pytest.raises(WebFailed) as caught:
        client.fetch(WebRequest(url=address(httpserver)))
    assert caught.value.code == "forbidden_address"


def test_redirect_to_another_origin_loses_the_secret(client: WebClient, httpserver: HTTPServer) -> None:
    seen: list[str | None] = []

    def note(request: Request) -> Response:
        seen.append(request.headers.get("Authorization"))
        to = {"/1": "/2", "/2": address(httpserver, "/3", "other.example")}.get(request.path)
        return Response("end", status=302, headers={"Location": to}) if to else Response("end")

    for path in ("/1", "/2", "/3"):
        httpserver.expect_request(path).respond_with_handler(note)
    client.fetch(WebRequest(url=address(httpserver, "/1"), secret_headers={"Authorization": "Bearer x"}))
    assert seen == ["Bearer x", "Bearer x", None]


def test_endless_redirects_end(client: WebClient, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", status=302, headers={"Location": "/"})
    with pytest.raises(WebFailed) as caught:
        client.fetch(WebRequest(url=address(httpserver)))
    assert caught.value.code == "redirects"


def test_redirected_post_becomes_a_get(client: WebClient, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/", method="POST").respond_with_data("", status=303, headers={"Location": "/b"})
    httpserver.expect_request("/b", method="GET").respond_with_data("got")
    assert client.fetch(WebRequest(url=address(httpserver), method="POST", body=b"x")).body == b"got"


def test_answer_that_is_too_large_is_refused(client: WebClient, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * (256 * 1024 + 1))
    with pytest.raises(WebFailed) as caught:
        client.fetch(WebRequest(url=address(httpserver)))
    assert caught.value.code == "too_large"


def test_request_that_is_too_large_is_not_sent(client: WebClient) -> None:
    with pytest.raises(WebFailed) as caught:
        client.fetch(WebRequest(url="http://api.example/", method="POST", body=b"x" * (256 * 1024 + 1)))
    assert (caught.value.code, caught.value.was_sent) == ("too_large", False)


def test_compressed_answer_is_refused(client: WebClient, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x", headers={"Content-Encoding": "gzip"})
    with pytest.raises(WebFailed, match="compressed"):
        client.fetch(WebRequest(url=address(httpserver)))


@pytest.fixture
def dripping() -> Iterator[int]:
    """A server that sends one byte of its head after another, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not is_over.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    yield listener.getsockname()[1]
    is_over.set()
    thread.join()
    listener.close()


def test_dripping_server_is_cut_at_the_deadline(client: WebClient, dripping: int) -> None:
    before = time.monotonic()
    with pytest.raises(WebFailed) as caught:
        client.fetch(WebRequest(url=f"http://api.example:{dripping}/", timeout_seconds=0.5))
    assert caught.value.code == "timeout"
    assert time.monotonic() - before < 60


def test_nobody_listening_is_unreachable(client: WebClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(WebFailed) as caught:
        client.fetch(WebRequest(url=f"http://api.example:{port}/"))
    assert (caught.value.code, caught.value.was_sent) == ("unreachable", False)
