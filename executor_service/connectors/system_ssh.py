"""A tunnel carried by the system's `ssh -L`: faster, and it watches the network by itself."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from typing import IO

from executor_service.connectors.addresses import SshAddress, Target
from executor_service.connectors.ssh_words import error_in
from shared.errors import TunnelDown, TunnelRefused

LOOPBACK = "127.0.0.1"
CONNECT_SECONDS = 10
OPEN_SECONDS = 20.0
LOOK_SECONDS = 0.02
STOP_SECONDS = 3.0
MAX_SAID = 8000
OPTIONS = {
    "BatchMode": "yes",
    "StrictHostKeyChecking": "yes",
    "GlobalKnownHostsFile": "/dev/null",
    "UpdateHostKeys": "no",
    "ExitOnForwardFailure": "yes",
    "ConnectTimeout": str(CONNECT_SECONDS),
    "ServerAliveInterval": "10",
    "ServerAliveCountMax": "2",
    "Ciphers": "^aes128-gcm@openssh.com",  # carries most rows a second of those that all servers have
    "ControlPath": "none",
    "LogLevel": "INFO",
}


class SystemCarrier:
    """A `Carrier`: a child process that ends with the network."""

    def __init__(self, process: subprocess.Popen[bytes], local: Target) -> None:
        self.local = local
        self._process = process

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def look(self) -> None:
        """Nothing: the program asks by itself and ends after two questions without an answer."""

    def close(self) -> None:
        _end(self._process)


def open_system_ssh(ssh: SshAddress, target: Target) -> SystemCarrier:
    """A tunnel to the target; raises as `OpenCarrier` says."""
    program = shutil.which("ssh")
    if program is None:
        raise TunnelRefused("there is no program `ssh` on this machine", step="ssh")
    local = Target(LOOPBACK, _free_port())
    with tempfile.TemporaryFile() as said:
        command = _command(program, ssh, local, target)
        process = subprocess.Popen(  # noqa: S603  no shell; every part is a setting of an administrator
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
        try:
            _wait(process, said, local, ssh)
            _try_target(process, said, local, ssh)
        except BaseException:
            _end(process)
            raise
    return SystemCarrier(process, local)


def _command(program: str, ssh: SshAddress, local: Target, target: Target) -> Sequence[str]:
    options = {**OPTIONS, "UserKnownHostsFile": ssh.known_hosts}
    if ssh.key_file:
        options |= {"IdentitiesOnly": "yes", "IdentityAgent": "none"}
    words = [program, "-N", "-F", "none", *(word for item in options.items() for word in ("-o", "=".join(item)))]
    if ssh.key_file:
        words += ["-i", ssh.key_file]
    forward = f"{local.host}:{local.port}:{_bracketed(target.host)}:{target.port}"
    return [*words, "-L", forward, "-p", str(ssh.port), "-l", ssh.user, "--", ssh.host]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], said: IO[bytes], local: Target, ssh: SshAddress) -> None:
    """Until it listens: by then it is logged in."""
    until = time.monotonic() + OPEN_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection((local.host, local.port), 1.0).close()
            return
        time.sleep(LOOK_SECONDS)
    if process.poll() is None:
        raise TunnelDown(f"{ssh.host}:{ssh.port} does not answer", step="ssh")
    raise error_in(_read(said), ssh)


def _try_target(process: subprocess.Popen[bytes], said: IO[bytes], local: Target, ssh: SshAddress) -> None:
    """A forward that the server refuses is said only when somebody connects; a MariaDB speaks first."""
    try:
        with socket.create_connection((local.host, local.port), CONNECT_SECONDS) as probe:
            if probe.recv(1):
                return
    except OSError as error:
        raise TunnelDown(f"nothing answers behind {ssh.host} ({error})", step="database_host") from error
    _ = process.poll()
    raise error_in(_read(said), ssh)


def _read(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read(MAX_SAID).decode(errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
