"""Fixtures that all tests may ask for; imported here once, so that a run starts each server once."""

from __future__ import annotations

from tests.services.databases import database, database_url
from tests.services.mariadb import mariadb
from tests.services.postgres import postgres_server, postgres_url
from tests.services.redis import redis_server, redis_url
from tests.services.site import address, database_of, site, ssh, tunnel
from tests.services.sshd import sshd

__all__ = [
    "address",
    "database",
    "database_of",
    "database_url",
    "mariadb",
    "postgres_server",
    "postgres_url",
    "redis_server",
    "redis_url",
    "site",
    "ssh",
    "sshd",
    "tunnel",
]
