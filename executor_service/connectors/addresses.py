"""Where a database is and how one gets there. Passwords in them are hidden from `repr`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CarrierKind = Literal["sshtunnel", "ssh"]
"""What carries a tunnel: the library in this process, or the system's `ssh -L`, which is a little faster."""


@dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    """A MariaDB as its server sees it: behind a tunnel `host` is the name on the far side."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class SshAddress:
    """An SSH server in front of a database.

    Without a `key_file` the keys of the running agent are offered. The server's key must stand in `known_hosts`.
    """

    host: str
    port: int
    user: str
    known_hosts: str
    key_file: str = ""
    carrier: CarrierKind = "sshtunnel"


@dataclass(frozen=True)
class Target:
    """A host and port to connect to."""

    host: str
    port: int
