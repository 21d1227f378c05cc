"""A real OpenSSH server of the test run on a loopback port, with keys of its own; works as root and as a user."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.services.mariadb import find_program, free_port
from tests.services.required import missing

START_SECONDS = 60.0
HOST = "127.0.0.1"


class SshServer:
    """A server that can be killed, frozen, given another host key, and told where it may forward to."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.port = free_port()
        self.user = pwd.getpwuid(os.geteuid()).pw_name
        self.key_file = folder / "client"
        self.other_key_file = folder / "stranger"
        self.known_hosts = folder / "known_hosts"
        self._program = program
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("client", "stranger", "host_ed25519", "host_rsa"):
            make_key(folder / name, "rsa" if name == "host_rsa" else "ed25519")
        shutil.copy(folder / "client.pub", folder / "authorized_keys")
        (folder / "authorized_keys").chmod(0o600)
        self.trust("host_ed25519", "host_rsa")

    def trust(self, *names: str) -> None:
        """Writes the known hosts file anew with these of the server's keys."""
        keys = [" ".join((self._folder / f"{name}.pub").read_text().split()[:2]) for name in names]
        self.known_hosts.write_text("".join(f"[{HOST}]:{self.port} {key}\n" for key in keys))

    def change_host_keys(self) -> None:
        """As when the machine was replaced, or somebody sits in between; the known hosts file stays."""
        for name in ("host_ed25519", "host_rsa"):
            (self._folder / name).unlink()
            make_key(self._folder / name, "rsa" if name == "host_rsa" else "ed25519")
        self.restart()

    def start(self, *, permit_open: str = "any") -> None:
        config = self._folder / "sshd_config"
        config.write_text(self._config(permit_open))
        with (self._folder / "log").open("ab") as log:
            command = [str(self._program), "-D", "-e", "-f", str(config)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self._wait()

    def restart(self, *, permit_open: str = "any") -> None:
        self.kill()
        self.start(permit_open=permit_open)

    def kill(self) -> None:
        """Ends the server with all its sessions at once."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(30)
            self._process = None

    def freeze(self) -> None:
        """As a network that fell silent: everything stays open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self._process.pid)
            for one in [parent, *parent.children(recursive=True)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.send_signal(number)

    def _config(self, permit_open: str) -> str:
        folder = self._folder
        lines = [
            f"Port {self.port}",
            f"ListenAddress {HOST}",
            f"HostKey {folder / 'host_ed25519'}",
            f"HostKey {folder / 'host_rsa'}",
            f"AuthorizedKeysFile {folder / 'authorized_keys'}",
            f"PidFile {folder / 'sshd.pid'}",
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin prohibit-password",
            "AllowTcpForwarding yes",
            f"PermitOpen {permit_open}",
            "MaxStartups 100",
            "MaxSessions 100",
            "LogLevel ERROR",
        ]
        return "\n".join(lines) + "\n"

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._process is not None and self._process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), 1.0) as probe:
                if probe.recv(4) == b"SSH-":
                    return
            time.sleep(0.02)
        raise RuntimeError(f"sshd did not start:\n{(self._folder / 'log').read_text()}")


def make_key(path: Path, kind: str) -> None:
    program = find_program("ssh-keygen")
    assert program is not None
    path.with_suffix(".pub").unlink(missing_ok=True)
    size = ["-b", "2048"] if kind == "rsa" else []
    command = [str(program), "-q", "-t", kind, *size, "-N", "", "-C", "test", "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def sshd() -> Iterator[SshServer]:
    """A running server of this test alone; without its binaries skipped, or failed where they are required."""
    program = find_program("sshd")
    if program is None or find_program("ssh-keygen") is None:
        missing("OpenSSH is not installed: no sshd and ssh-keygen")
        raise AssertionError
    with running_sshd(program) as server:
        yield server


@contextlib.contextmanager
def running_sshd(program: Path) -> Iterator[SshServer]:
    """A server for the length of a `with` block; also used by the benchmark."""
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # its privileges are separated there
    folder = Path(tempfile.mkdtemp(prefix="recado-ssh-"))
    server = SshServer(program, folder)
    try:
        server.start()
        yield server
    finally:
        server.thaw()
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
