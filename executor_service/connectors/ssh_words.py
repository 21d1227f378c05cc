"""What the system's `ssh` says on its error output, as our errors. The words are those of OpenSSH 7 to 10."""

from __future__ import annotations

from collections.abc import Callable

from executor_service.connectors.addresses import SshAddress
from shared.errors import HostKeyRefused, RecadoError, TunnelDown, TunnelRefused

Make = Callable[[SshAddress], RecadoError]


def error_in(said: str, ssh: SshAddress) -> RecadoError:
    """The error that the words are about; for words that nobody knows that the tunnel is down, with the last line."""
    for words, make in _KNOWN:
        if words in said:
            return make(ssh)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return TunnelDown(f"ssh ended: {lines[-1] if lines else 'without a word'}", step="tunnel")


def _changed(ssh: SshAddress) -> RecadoError:
    return HostKeyRefused(
        f"{ssh.host} shows a key that is not the one in {ssh.known_hosts}", reason="changed", host=ssh.host
    )


def _unknown(ssh: SshAddress) -> RecadoError:
    return HostKeyRefused(f"{ssh.host} is not in {ssh.known_hosts}", reason="unknown", host=ssh.host)


_KNOWN: tuple[tuple[str, Make], ...] = (
    ("REMOTE HOST IDENTIFICATION HAS CHANGED", _changed),
    ("host key is known for", _unknown),
    ("Host key verification failed", _unknown),
    ("Could not resolve hostname", lambda ssh: TunnelDown(f"no host is called {ssh.host}", step="dns")),
    (
        "Permission denied",
        lambda ssh: TunnelRefused(f"{ssh.host} does not accept the key for {ssh.user!r}", step="ssh_login"),
    ),
    (
        "administratively prohibited",
        lambda ssh: TunnelRefused(f"{ssh.host} forbids to forward to the database", step="tunnel"),
    ),
    (
        "open failed: connect failed",
        lambda ssh: TunnelDown(f"{ssh.host} cannot reach the database", step="database_host"),
    ),
    ("Connection refused", lambda ssh: TunnelDown(f"{ssh.host}:{ssh.port} does not answer", step="ssh")),
    ("timed out", lambda ssh: TunnelDown(f"{ssh.host}:{ssh.port} does not answer", step="ssh")),
)
