"""An authenticated SSH session: each thing that can go wrong has an error of its own, naming the step."""

from __future__ import annotations

import socket
from collections.abc import Sequence

from paramiko import Agent, AuthenticationException, PasswordRequiredException, PKey, SSHException, Transport

from executor_service.connectors.addresses import SshAddress
from executor_service.connectors.known_hosts import KnownHosts
from shared.errors import TunnelDown, TunnelRefused

CONNECT_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 15


def open_session(ssh: SshAddress) -> Transport:
    """A session with a server whose key is known.

    Raises TunnelDown (step `dns` or `ssh`), HostKeyRefused, or TunnelRefused (step `ssh_login`).
    """
    known = KnownHosts(ssh.known_hosts)
    transport = _shake_hands(_connect(ssh), known.key_types(ssh.host, ssh.port))
    try:
        known.check(ssh.host, ssh.port, transport.get_remote_server_key())
        _log_in(transport, ssh)
    except BaseException:
        transport.close()
        raise
    transport.set_keepalive(KEEP_ALIVE_SECONDS)
    return transport


def _connect(ssh: SshAddress) -> socket.socket:
    try:
        return socket.create_connection((ssh.host, ssh.port), CONNECT_SECONDS)
    except socket.gaierror as error:
        raise TunnelDown(f"no host is called {ssh.host}", step="dns") from error
    except OSError as error:
        raise TunnelDown(f"{ssh.host}:{ssh.port} does not answer ({error})", step="ssh") from error


def _shake_hands(connected: socket.socket, key_types: Sequence[str]) -> Transport:
    """The key types we know come first: of several keys the server then shows one that can be compared."""
    transport = Transport(connected)
    transport.daemon = True
    transport.banner_timeout = transport.auth_timeout = CONNECT_SECONDS
    options = transport.get_security_options()
    wanted = [name for name in options.key_types if _family(name) in key_types]
    options.key_types = [*wanted, *(name for name in options.key_types if name not in wanted)]
    try:
        transport.start_client(timeout=CONNECT_SECONDS)
    except (SSHException, EOFError, OSError) as error:
        transport.close()
        raise TunnelDown(f"what answers is no SSH server we can talk to ({error})", step="ssh") from error
    return transport


def _family(algorithm: str) -> str:
    """RSA keys are called `ssh-rsa` in known_hosts, whichever way they sign."""
    return "ssh-rsa" if algorithm.startswith("rsa-sha2") else algorithm


def _log_in(transport: Transport, ssh: SshAddress) -> None:
    keys = _keys(ssh)
    try:
        for key in keys:
            try:
                transport.auth_publickey(ssh.user, key)
            except AuthenticationException:
                continue
            return
    except (SSHException, EOFError, OSError) as error:
        raise TunnelDown(f"{ssh.host}:{ssh.port} hung up during the login ({error})", step="ssh_login") from error
    raise TunnelRefused(f"{ssh.host} accepts none of the {len(keys)} keys for {ssh.user!r}", step="ssh_login")


def _keys(ssh: SshAddress) -> Sequence[PKey]:
    if not ssh.key_file:
        keys = Agent().get_keys()
        if not keys:
            raise TunnelRefused("there is no key file, and no agent with a key is running", step="ssh_login")
        return keys
    try:
        return (PKey.from_path(ssh.key_file),)
    except PasswordRequiredException as error:
        said = f"the key {ssh.key_file} has a passphrase: use one without, or load it into an agent"
        raise TunnelRefused(said, step="ssh_login") from error
    except Exception as error:
        raise TunnelRefused(f"the key file {ssh.key_file} cannot be read ({error})", step="ssh_login") from error
