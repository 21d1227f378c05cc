"""A tunnel carried by the library sshtunnel, in threads of this process."""

from __future__ import annotations

import logging

from paramiko import ChannelException, SSHException, Transport
from sshtunnel import BaseSSHTunnelForwarderError, SSHTunnelForwarder

from executor_service.connectors.addresses import SshAddress, Target
from executor_service.connectors.login import CONNECT_SECONDS, open_session
from executor_service.connectors.pulse import Pulse
from shared.errors import TunnelDown, TunnelRefused

LOOPBACK = "127.0.0.1"
_PROHIBITED = 1  # SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, RFC 4254 section 5.1


class InProcessCarrier:
    """A `Carrier`, made by `open_in_process`."""

    def __init__(self, forwarder: SSHTunnelForwarder, transport: Transport) -> None:
        self.local = Target(LOOPBACK, forwarder.local_bind_port)
        self._forwarder = forwarder
        self._transport = transport
        self._pulse = Pulse(transport)
        self._pulse.start()

    def is_alive(self) -> bool:
        return bool(self._transport.is_active())

    def look(self) -> None:
        self._pulse.look()

    def close(self) -> None:
        self._pulse.stop()
        self._transport.close()  # first: the forwarder waits for connections that are still open
        self._forwarder.stop(force=True)


def open_in_process(ssh: SshAddress, target: Target) -> InProcessCarrier:
    """A tunnel to the target; raises as `OpenCarrier` says."""
    transport = open_session(ssh)
    try:
        _try_target(transport, target)
        forwarder = _Forwarder(transport, ssh, target)
        forwarder.start()
    except BaseSSHTunnelForwarderError as error:
        transport.close()
        raise TunnelDown(f"the tunnel did not open ({error})", step="tunnel") from error
    except BaseException:
        transport.close()
        raise
    return InProcessCarrier(forwarder, transport)


def _try_target(transport: Transport, target: Target) -> None:
    """The library tells nobody why a forward fails, so it is tried before."""
    where = f"{target.host}:{target.port}"
    try:
        transport.open_channel(
            "direct-tcpip", (target.host, target.port), (LOOPBACK, 0), timeout=CONNECT_SECONDS
        ).close()
    except ChannelException as error:
        if error.code == _PROHIBITED:
            raise TunnelRefused(f"the SSH server forbids to forward to {where}", step="tunnel") from error
        raise TunnelDown(f"the SSH server cannot reach {where} ({error.text})", step="database_host") from error
    except (SSHException, EOFError, OSError) as error:
        raise TunnelDown(f"the SSH server does not open a way to {where} ({error})", step="tunnel") from error


class _Forwarder(SSHTunnelForwarder):  # type: ignore[misc]  # the library has no types
    """The library's forwarder over a session that we opened: its own way in hides every reason in a log."""

    def __init__(self, transport: Transport, ssh: SshAddress, target: Target) -> None:
        self._given = transport
        super().__init__(
            (ssh.host, ssh.port),
            ssh_username=ssh.user,
            ssh_password="unused",  # noqa: S106  it asks for one, but the session is open already
            ssh_config_file=None,
            allow_agent=False,
            host_pkey_directories=[],
            local_bind_address=(LOOPBACK, 0),
            remote_bind_address=(target.host, target.port),
            logger=_quiet(),
        )
        self.skip_tunnel_checkup = True
        self.daemon_forward_servers = self.daemon_transport = True

    def _connect_to_gateway(self) -> None:
        self._transport = self._given


def _quiet() -> logging.Logger:
    """Its log has addresses and user names; what matters reaches us as errors."""
    logger = logging.getLogger("recado.sshtunnel")
    logger.setLevel(logging.CRITICAL + 1)
    return logger
