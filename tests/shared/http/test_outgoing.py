"""Lines to outside services: the proxy and the certificates that the surroundings name."""

from __future__ import annotations

import ssl
from pathlib import Path

import certifi
import pytest
from pytest_httpserver import HTTPServer
from urllib3 import PoolManager, ProxyManager

from shared.http.outgoing import open_line

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXIES, "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


def test_a_call_goes_through_the_proxy_with_its_password(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://ana:p%40ss@localhost:{httpserver.port}")
    httpserver.expect_oneshot_request("/x", headers={"Proxy-Authorization": "Basic YW5hOnBAc3M="}).respond_with_data(
        "by proxy"
    )
    with open_line("http://outside.test/x", 1) as line:
        assert line.urlopen("GET", "http://outside.test/x").data == b"by proxy"


@pytest.mark.parametrize("spared", ["outside.test", "*", ".test,localhost"])
def test_a_spared_host_is_reached_directly(monkeypatch: pytest.MonkeyPatch, spared: str) -> None:
    monkeypatch.setenv("all_proxy", "proxy.test:3128")
    monkeypatch.setenv("no_proxy", spared)
    assert type(open_line("https://outside.test", 1)) is PoolManager
    monkeypatch.setenv("no_proxy", "inside.test")
    assert type(open_line("https://outside.test", 1)) is ProxyManager


def test_certificates_of_the_system_are_trusted_or_only_those_that_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usual = open_line("https://outside.test", 1).connection_pool_kw["ssl_context"]
    blocks = Path(certifi.where()).read_text(encoding="utf-8").split("-----END CERTIFICATE-----")
    bundle = tmp_path / "own.pem"
    bundle.write_text(f"{blocks[0]}-----END CERTIFICATE-----\n", encoding="utf-8")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    own = open_line("https://outside.test", 1).connection_pool_kw["ssl_context"]
    assert len(usual.get_ca_certs()) > 50
    assert len(own.get_ca_certs()) == 1
    assert usual.verify_mode == own.verify_mode == ssl.CERT_REQUIRED
