"""The client against a real server on this machine, good answers and bad ones."""

from __future__ import annotations

import gzip
import io
import json
import socket
import ssl
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_httpserver import HTTPServer
from urllib3.exceptions import NewConnectionError
from werkzeug import Request, Response

from shared.http.outgoing import open_line
from tests.patience import PATIENCE_SECONDS
from whatsapp_service.channels.decisions import HoldChannel, Retry, SlowChannel, Unknown
from whatsapp_service.channels.failures import ApiError, NotSent, OutcomeUnknown
from whatsapp_service.channels.whatsapp.client import WhatsAppClient
from whatsapp_service.channels.whatsapp.errors import decide
from whatsapp_service.channels.whatsapp.settings import WhatsAppSettings

TOKEN = "EAAG-very-secret"
BODY = {"messaging_product": "whatsapp", "to": "12025550143", "type": "text", "text": {"body": "ñ👍"}}
MESSAGES = "/v26.0/1098/messages"
MakeClient = Callable[..., WhatsAppClient]


@pytest.fixture
def make_client(httpserver: HTTPServer) -> Iterator[MakeClient]:
    line = open_line(httpserver.url_for(""), 2)

    def make(base_url: str = "", **settings: Any) -> WhatsAppClient:
        return WhatsAppClient(
            WhatsAppSettings(
                phone_number_id="1098", token=TOKEN, base_url=base_url or httpserver.url_for(""), **settings
            ),
            line,
        )

    yield make
    line.clear()


@contextmanager
def raw_server(answer: bytes, requests_served: int = 1, drip_seconds: float = 0) -> Iterator[str]:
    """A server that takes one connection, writes these bytes after each request, and cuts it."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                for _ in range(requests_served):
                    read_request(connection)
                    connection.sendall(answer)
                until = time.monotonic() + drip_seconds
                with suppress(OSError):
                    while time.monotonic() < until:
                        connection.sendall(b" ")
                        time.sleep(0.05)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def read_request(connection: socket.socket) -> None:
    """Reads headers and body, which the client sends in two pieces."""
    with connection.makefile("rb") as file:
        length = 0
        while (line := file.readline()).strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        file.read(length)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_send_gives_the_id(httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_ordered_request(
        MESSAGES, "POST", json=BODY, headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    ).respond_with_json({"messages": [{"id": "wamid.1"}], "contacts": [{"input": "x", "wa_id": "y"}]})
    assert make_client().send(BODY) == "wamid.1"


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html>", b'{"messages":[]}', b'{"messages":[7]}', b'{"messages":{"id":1}}', b"[1]", b"\xff"]
)
def test_good_answer_without_id_is_accepted(httpserver: HTTPServer, make_client: MakeClient, body: bytes) -> None:
    httpserver.expect_oneshot_request(MESSAGES).respond_with_data(body)
    assert make_client().send(BODY) == ""


def test_good_answer_cut_in_the_body_is_accepted(make_client: MakeClient) -> None:
    with raw_server(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"messages":[{"id"') as url:
        assert make_client(url).send(BODY) == ""


def test_chunked_and_packed_answer_is_read(make_client: MakeClient, httpserver: HTTPServer) -> None:
    packed = gzip.compress(json.dumps({"messages": [{"id": "wamid.z"}]}).encode())
    httpserver.expect_oneshot_request(MESSAGES).respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    assert make_client().send(BODY) == "wamid.z"
    parts = b'5\r\n{"mes\r\n16\r\nsages":[{"id":"wam.9"}\r\n2\r\n]}\r\n0\r\n\r\n'
    with raw_server(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + parts) as url:
        assert make_client(url).send(BODY) == "wam.9"


def test_error_answer_is_read(httpserver: HTTPServer, make_client: MakeClient) -> None:
    error = {
        "message": "(#131056) pair rate",
        "code": 131056,
        "error_subcode": 7,
        "error_data": {"messaging_product": "whatsapp", "details": "Too many"},
        "fbtrace_id": "AbC",
    }
    httpserver.expect_oneshot_request(MESSAGES).respond_with_json({"error": error}, status=400)
    with pytest.raises(ApiError) as caught:
        make_client().send(BODY)
    found = caught.value
    assert (found.http, found.code, found.subcode, found.text, found.trace) == (400, 131056, 7, "Too many", "AbC")


def test_429_without_code_slows_the_number(httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_oneshot_request(MESSAGES).respond_with_data("", status=429, headers={"Retry-After": "40"})
    with pytest.raises(ApiError) as caught:
        make_client().send(BODY)
    assert decide(caught.value, 1) == SlowChannel(40)


@pytest.mark.parametrize(
    "body", ["<html><body>Bad Gateway</body></html>", "", '{"error":"x"}', '{"error":{"code":[]}}']
)
def test_html_502_is_tried_again(httpserver: HTTPServer, make_client: MakeClient, body: str) -> None:
    httpserver.expect_oneshot_request(MESSAGES).respond_with_data(body, status=502, content_type="text/html")
    with pytest.raises(ApiError) as caught:
        make_client().send(BODY)
    assert decide(caught.value, 1) == Retry(5)


def test_error_answer_cut_in_the_body_is_still_an_error(make_client: MakeClient) -> None:
    cut = b"HTTP/1.1 503 No\r\nContent-Length: 500\r\n\r\n<html>"
    with raw_server(cut) as url, pytest.raises(ApiError) as caught:
        make_client(url).send(BODY)
    assert caught.value.http == 503


def test_redirect_is_not_followed(httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_oneshot_request(MESSAGES).respond_with_data("", 307, headers={"Location": "/elsewhere"})
    with pytest.raises(ApiError) as caught:
        make_client().send(BODY)
    assert decide(caught.value, 1) == HoldChannel("redirected")
    assert len(httpserver.log) == 1


def test_slow_answer_leaves_the_outcome_unknown(httpserver: HTTPServer, make_client: MakeClient) -> None:
    def answer(_: Request) -> Response:
        time.sleep(0.5)
        return Response("{}")

    httpserver.expect_oneshot_request(MESSAGES).respond_with_handler(answer)
    with pytest.raises(OutcomeUnknown) as caught:
        make_client(read_timeout_seconds=0.1).send(BODY)
    assert decide(caught.value, 1) == Unknown()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 20", b"garbage\r\n\r\n"])
def test_connection_cut_before_the_answer_leaves_the_outcome_unknown(make_client: MakeClient, answer: bytes) -> None:
    with raw_server(answer) as url, pytest.raises(OutcomeUnknown):
        make_client(url).send(BODY)


def test_refused_connection_sent_nothing(make_client: MakeClient) -> None:
    with pytest.raises(NotSent) as caught:
        make_client(f"http://127.0.0.1:{closed_port()}").send(BODY)
    assert decide(caught.value, 1) == Retry(5)
    assert isinstance(caught.value.__cause__, NewConnectionError)


def test_host_that_does_not_exist_sent_nothing(make_client: MakeClient) -> None:
    with pytest.raises(NotSent):
        make_client("http://graph.invalid").send(BODY)


def test_connection_is_used_again(make_client: MakeClient) -> None:
    body = b'{"messages":[{"id":"wamid.1"}]}'
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with raw_server(answer, requests_served=3) as url:  # takes one connection only
        client = make_client(url)
        assert [client.send(BODY) for _ in range(3)] == ["wamid.1"] * 3


def test_answer_that_drips_is_not_waited_for(make_client: MakeClient) -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", drip_seconds=PATIENCE_SECONDS) as url:
        started = time.monotonic()
        assert make_client(url, read_timeout_seconds=3).send(BODY) == ""
        assert time.monotonic() - started < PATIENCE_SECONDS / 2


def test_certificate_nobody_vouches_for_sent_nothing(make_client: MakeClient, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with HTTPServer(ssl_context=context) as server, pytest.raises(NotSent):
        make_client(f"https://127.0.0.1:{server.port}").send(BODY)


def self_signed(folder: Path) -> Path:
    """A file with a key and its certificate for 127.0.0.1, valid for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    plain = serialization.NoEncryption()
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_upload_streams_a_form(httpserver: HTTPServer, make_client: MakeClient) -> None:
    seen: dict[str, object] = {}

    def answer(request: Request) -> Response:
        file = request.files["file"]
        seen.update(request.form, name=file.filename, kind=file.content_type, data=file.read())
        seen["length"] = request.content_length
        return Response('{"id":"m7"}')

    httpserver.expect_oneshot_request("/v26.0/1098/media", "POST").respond_with_handler(answer)
    data = b"\x00\r\n--x" * 50_000
    assert make_client().upload(io.BytesIO(data), "application/pdf", 'año "1".pdf') == "m7"
    assert seen.pop("length") is not None
    assert seen == {
        "messaging_product": "whatsapp",
        "type": "application/pdf",
        "name": 'año "1".pdf',
        "kind": "application/pdf",
        "data": data,
    }


def test_upload_of_bytes_and_of_an_empty_file(httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_request("/v26.0/1098/media").respond_with_json({"id": "m8"})
    client = make_client()
    assert client.upload(b"a,b\n", "text/csv", "x.csv") == "m8"
    assert client.upload(b"", "text/plain", "x.txt") == "m8"


def test_upload_without_an_answer_can_be_repeated(make_client: MakeClient) -> None:
    with raw_server(b"") as url, pytest.raises(NotSent):
        make_client(url).upload(b"x", "text/plain", "x.txt")


def test_upload_answered_without_id_is_an_error(httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_oneshot_request("/v26.0/1098/media").respond_with_json({})
    with pytest.raises(ApiError):
        make_client().upload(b"x", "text/plain", "x.txt")


def test_typing_marks_the_message_read(httpserver: HTTPServer, make_client: MakeClient) -> None:
    expected = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.in",
        "typing_indicator": {"type": "text"},
    }
    httpserver.expect_oneshot_request(MESSAGES, json=expected).respond_with_json({"success": True})
    assert make_client().typing("wamid.in") is True


def test_typing_never_raises(httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_oneshot_request(MESSAGES).respond_with_data("<html>", status=500)
    assert make_client().typing("wamid.in") is False
    assert make_client(f"http://127.0.0.1:{closed_port()}").typing("wamid.in") is False


def test_token_is_in_no_text(make_client: MakeClient) -> None:
    client = make_client(f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(NotSent) as caught:
        client.send(BODY)
    shown = "".join(traceback.format_exception(caught.value)) + repr(client) + repr(client.settings)
    assert TOKEN not in shown


@pytest.mark.parametrize("token", ["", "a\nb", "a b", "ñ"])
def test_token_no_header_can_carry_is_refused_unseen(token: str) -> None:
    with pytest.raises(ValueError, match="the token is empty or holds") as caught:
        WhatsAppSettings(phone_number_id="1", token=token)
    assert repr(token) not in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [{"base_url": "graph.facebook.com"}, {"base_url": "ftp://x"}, {"phone_number_id": "../x"}, {"version": ""}],
)
def test_settings_that_give_no_address_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is not"):
        WhatsAppSettings(**{"phone_number_id": "1", "token": "t", **change})
