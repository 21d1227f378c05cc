"""Connections to one outside service, kept open between calls, by way of the proxy that the surroundings name."""

from __future__ import annotations

import os
import ssl
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import certifi
from urllib3 import PoolManager, ProxyManager
from urllib3.util import Url, make_headers, parse_url

OWN_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
USER_AGENT = "Recado/1.0"


def open_line(url: str, connections: int) -> PoolManager:
    """A pool of connections for the service at `url`; it may be used by so many threads at once, and by more.

    The proxy (HTTPS_PROXY, NO_PROXY, ...) and the certificates that are trusted (REQUESTS_CA_BUNDLE, else those of
    the system and of certifi) are read once, here. Not to be shared between processes.
    """
    target = parse_url(url)
    context = _trusted() if target.scheme == "https" else None
    proxy = _proxy_of(target)
    if proxy is None:
        return PoolManager(num_pools=4, maxsize=connections, ssl_context=context)
    auth = make_headers(proxy_basic_auth=unquote(proxy.auth)) if proxy.auth else None
    return ProxyManager(proxy.url, num_pools=4, proxy_headers=auth, maxsize=connections, ssl_context=context)


def _proxy_of(target: Url) -> Url | None:
    named = getproxies()
    address = named.get(target.scheme or "") or named.get("all") or ""
    if not address or proxy_bypass(target.netloc or ""):
        return None
    proxy = parse_url(address if "://" in address else f"http://{address}")
    return proxy if proxy.scheme in ("http", "https") else None


def _trusted() -> ssl.SSLContext:
    own = next((os.environ[name] for name in OWN_BUNDLES if os.environ.get(name)), "")
    if own:
        is_folder = os.path.isdir(own)
        return ssl.create_default_context(cafile=None if is_folder else own, capath=own if is_folder else None)
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
