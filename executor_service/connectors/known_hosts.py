"""Whether an SSH server is the one we know. Pure, but for reading the file."""

from __future__ import annotations

from collections.abc import Sequence

from paramiko import HostKeys, PKey
from paramiko.hostkeys import InvalidHostKey

from shared.errors import HostKeyRefused

STANDARD_PORT = 22


class KnownHosts:
    """The keys of a known_hosts file; names in it may be hashed."""

    def __init__(self, path: str) -> None:
        """Raises HostKeyRefused for a file that cannot be read."""
        self._path = path
        try:
            self._keys = HostKeys(path)
        except (OSError, InvalidHostKey, ValueError) as error:
            raise HostKeyRefused(f"the known hosts file {path!r} cannot be read", reason="known_hosts") from error

    def key_types(self, host: str, port: int) -> Sequence[str]:
        """The kinds of keys that are known of a server, to be asked of it first; none for an unknown one."""
        return list(self._keys.lookup(_name(host, port)) or ())

    def check(self, host: str, port: int, key: PKey) -> None:
        """Raises HostKeyRefused for a server that is not known, and for one whose key has changed."""
        known = self._keys.lookup(_name(host, port))
        if not known:
            said = f"{_name(host, port)} is not in {self._path}; it shows {_shown(key)}"
            raise HostKeyRefused(said, reason="unknown", host=_name(host, port), fingerprint=_shown(key))
        if known.get(key.get_name()) != key:
            said = f"{_name(host, port)} shows {_shown(key)}, which is not the key in {self._path}"
            raise HostKeyRefused(said, reason="changed", host=_name(host, port), fingerprint=_shown(key))


def _name(host: str, port: int) -> str:
    """As OpenSSH writes it: the port only where it is not the standard one."""
    return host if port == STANDARD_PORT else f"[{host}]:{port}"


def _shown(key: PKey) -> str:
    return f"{key.get_name()} {key.fingerprint}"
