"""Which addresses may be reached: those of the public internet. Pure, but for the resolver that is given."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from executor_service.connectors.web.model import WebFailed

Resolve = Callable[[str, int], list[str]]
Allow = Callable[[str], bool]
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where to connect: a checked `address`, and the name for the certificate and the `Host` header."""

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return (self.scheme, self.host, self.port)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also seen through the ways to write IPv4 as IPv6."""
    try:
        ip = ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    return all(map(_is_of_the_internet, _meanings(ip)))


def _is_of_the_internet(ip: IPv4Address | IPv6Address) -> bool:
    """`is_global` takes fec0::/10, which networks once were given inside (RFC 3879), for an address like any other."""
    is_inside = isinstance(ip, IPv6Address) and ip.is_site_local
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or is_inside)


def target_of(url: str, resolve: Resolve, allow: Allow = is_public) -> Target:
    """The target of a URL; its name is looked up once and what comes back is what is connected to.

    Raises WebFailed for what is no web address, and when any of the name's addresses may not be reached.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise WebFailed("bad_address", "this is no web address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise WebFailed("bad_address", "an address begins with https:// and names no user")
    if any(ord(char) <= 32 or ord(char) == 127 for char in url):
        raise WebFailed("bad_address", "an address has no spaces")
    found = _looked_up(parts.hostname, port, resolve)
    if not all(map(allow, found)):
        raise WebFailed("forbidden_address", "this address is not on the public internet")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=parts.hostname, port=port, address=found[0], path=path)


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses that the system knows for a name."""
    return list(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _looked_up(host: str, port: int, resolve: Resolve) -> list[str]:
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise WebFailed("unreachable", "no such name on the internet") from error
    if not found:
        raise WebFailed("unreachable", "no such name on the internet")
    return found


def _meanings(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address and those that it carries inside."""
    if isinstance(ip, IPv4Address):
        return [ip]
    inside: list[IPv4Address | IPv6Address | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if any(ip in net for net in _NAT64):
        inside.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    if ip.ipv4_mapped is not None:
        return [ip.ipv4_mapped]
    return [ip, *(one for one in inside if one is not None)]
