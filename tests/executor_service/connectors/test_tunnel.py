"""Tunnels through a real OpenSSH server to a real MariaDB: opened, refused, dropped, frozen and opened again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from executor_service.connectors.limits import SessionLimits
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.tunnel import Tunnel
from shared.errors import DatabaseUnreachable, HostKeyRefused, TunnelDown, TunnelRefused
from tests.patience import until
from tests.services.mariadb import MariaServer, free_port
from tests.services.site import CARRIERS
from tests.services.sshd import SshServer

pytestmark = [pytest.mark.service("mariadb"), pytest.mark.service("sshd")]
MakeTunnel = Callable[..., Tunnel]
MakeDatabase = Callable[..., MariaDb]
both_carriers = pytest.mark.parametrize("carrier", CARRIERS)


def answers(database: MariaDb) -> bool:
    return database.rows("SELECT 1 AS one") == [{"one": 1}]


def wait_until(is_true: Callable[[], bool]) -> None:
    assert until(is_true)


@both_carriers
def test_tunnel_carries_many_queries_at_once(tunnel: MakeTunnel, database_of: MakeDatabase, carrier: str) -> None:
    way = tunnel(carrier=carrier)
    database = database_of(route=way)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: answers(database), range(24)))
        assert len(set(pool.map(lambda _: way.local(), range(8)))) == 1


@both_carriers
def test_tunnel_to_an_unknown_server_is_refused(tunnel: MakeTunnel, sshd: SshServer, carrier: str) -> None:
    sshd.known_hosts.write_text("")
    with pytest.raises(HostKeyRefused) as caught:
        tunnel(carrier=carrier).local()
    assert caught.value.params["reason"] == "unknown"


@both_carriers
def test_tunnel_to_a_server_with_another_key_is_refused(tunnel: MakeTunnel, sshd: SshServer, carrier: str) -> None:
    sshd.change_host_keys()
    with pytest.raises(HostKeyRefused) as caught:
        tunnel(carrier=carrier).local()
    assert caught.value.params["reason"] == "changed"


@both_carriers
@pytest.mark.parametrize("known", ["host_rsa", "host_ed25519"])
def test_tunnel_opens_where_one_of_several_host_keys_is_known(
    tunnel: MakeTunnel, database_of: MakeDatabase, sshd: SshServer, carrier: str, known: str
) -> None:
    sshd.trust(known)
    assert answers(database_of(route=tunnel(carrier=carrier)))


def test_tunnel_without_a_known_hosts_file_is_refused(tunnel: MakeTunnel, tmp_path: Path) -> None:
    with pytest.raises(HostKeyRefused) as caught:
        tunnel(known_hosts=str(tmp_path / "none")).local()
    assert caught.value.params["reason"] == "known_hosts"


@both_carriers
def test_key_that_the_server_does_not_know_is_refused(tunnel: MakeTunnel, sshd: SshServer, carrier: str) -> None:
    with pytest.raises(TunnelRefused) as caught:
        tunnel(carrier=carrier, key_file=str(sshd.other_key_file)).local()
    assert caught.value.params["step"] == "ssh_login"


def test_file_that_is_no_key_is_refused(tunnel: MakeTunnel, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("not a key")
    with pytest.raises(TunnelRefused) as caught:
        tunnel(key_file=str(tmp_path / "key")).local()
    assert caught.value.params["step"] == "ssh_login"


def test_without_key_file_and_agent_the_login_is_refused(tunnel: MakeTunnel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    with pytest.raises(TunnelRefused) as caught:
        tunnel(key_file="").local()
    assert caught.value.params["step"] == "ssh_login"


@both_carriers
def test_forward_that_the_server_forbids_is_refused(
    tunnel: MakeTunnel, database_of: MakeDatabase, sshd: SshServer, carrier: str
) -> None:
    sshd.restart(permit_open="127.0.0.1:1")
    with pytest.raises(TunnelRefused) as caught:
        tunnel(carrier=carrier).local()
    assert caught.value.params["step"] == "tunnel"


@both_carriers
def test_database_that_is_not_there_behind_the_server_is_told_from_the_server(tunnel: MakeTunnel, carrier: str) -> None:
    with pytest.raises(TunnelDown) as caught:
        tunnel(port=free_port(), carrier=carrier).local()
    assert caught.value.params["step"] == "database_host"


@both_carriers
def test_server_that_is_down_is_named(tunnel: MakeTunnel, sshd: SshServer, carrier: str) -> None:
    sshd.kill()
    with pytest.raises(TunnelDown) as caught:
        tunnel(carrier=carrier).local()
    assert caught.value.params["step"] == "ssh"


@both_carriers
def test_server_without_an_address_is_named(tunnel: MakeTunnel, carrier: str) -> None:
    with pytest.raises(TunnelDown) as caught:
        tunnel(host="no-such-host.invalid", carrier=carrier).local()
    assert caught.value.params["step"] == "dns"


@both_carriers
def test_tunnel_opens_again_after_the_server_was_killed(
    tunnel: MakeTunnel, database_of: MakeDatabase, sshd: SshServer, carrier: str
) -> None:
    database = database_of(route=tunnel(carrier=carrier))
    assert answers(database)
    sshd.restart()

    def answers_again() -> bool:
        try:
            return answers(database)
        except DatabaseUnreachable:
            return False

    wait_until(answers_again)


def test_many_who_meet_a_dropped_tunnel_open_one(tunnel: MakeTunnel, sshd: SshServer) -> None:
    way = tunnel()
    before = way.local()
    sshd.restart()
    wait_until(lambda: way.local() != before)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: way.local(), range(8)))) == 1


@pytest.mark.slow
def test_silent_server_is_noticed_and_left(tunnel: MakeTunnel, database_of: MakeDatabase, sshd: SshServer) -> None:
    database = database_of(route=tunnel(), limits={"ad_hoc": SessionLimits(statement_seconds=1)})
    assert answers(database)
    sshd.freeze()
    try:
        with pytest.raises(DatabaseUnreachable):
            answers(database)
    finally:
        sshd.thaw()
    sshd.restart()
    assert answers(database)


def test_closed_tunnel_leaves_no_thread(tunnel: MakeTunnel, database_of: MakeDatabase) -> None:
    before = set(threading.enumerate())
    database = database_of(route=tunnel())
    assert answers(database)
    database.close()
    wait_until(lambda: not [one for one in threading.enumerate() if one not in before and one.is_alive()])


class Refusing:
    """An opener that is down, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, *_: Any) -> Any:
        self.asked += 1
        raise TunnelDown("down", step="ssh")


def test_failure_is_remembered_for_a_moment(ssh: Callable[..., Any], mariadb: MariaServer) -> None:
    moment, opener = [0.0], Refusing()
    way = Tunnel(ssh(), Any, open_carrier=opener, ticks=lambda: moment[0])  # type: ignore[arg-type]
    for _ in range(3):
        with pytest.raises(TunnelDown):
            way.local()
    assert opener.asked == 2
    moment[0] = 60.0
    with pytest.raises(TunnelDown):
        way.local()
    assert opener.asked == 4
