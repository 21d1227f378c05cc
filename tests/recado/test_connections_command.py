"""`recado connections` on a real MariaDB behind a real OpenSSH server: what an administrator reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recado.cli import main
from tests.services.mariadb import READER, READER_PASSWORD, SITE, MariaServer
from tests.services.sshd import SshServer

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str, **env: str) -> Result:
        return CliRunner().invoke(main, ["connections", *words], env={"RECADO_HOME": str(tmp_path / "home"), **env})

    return invoke


def database_words(site: MariaServer, sshd: SshServer, password: str = READER_PASSWORD) -> list[str]:
    given = {
        "host": "127.0.0.1",
        "port": str(site.port),
        "database": SITE,
        "user": READER,
        "password": password,
        "group": "finanzas",
        "ssh-host": "127.0.0.1",
        "ssh-port": str(sshd.port),
        "ssh-user": sshd.user,
        "ssh-key-file": str(sshd.key_file),
        "ssh-known-hosts": str(sshd.known_hosts),
    }
    return ["database", "default", *(word for name, value in given.items() for word in (f"--{name}", value))]


def test_demo_is_listed_and_passes(run: Run) -> None:
    assert "Ferretería Andina" in run("list").output
    tested = run("test")
    assert tested.exit_code == 0, tested.output
    assert "ok         API key of the ERP: gerente@ferreteria-andina.example" in tested.output


def test_unknown_connection_is_one_sentence(run: Run) -> None:
    tested = run("test", "nothing")
    assert tested.exit_code == 1
    assert tested.output.strip() == "Not found: no connection is called nothing"


def test_added_connection_without_an_address_says_the_way_out(run: Run) -> None:
    added = run("add", "otra", "--url", "https://no-such-host.invalid", "--api-key", "k", "--api-secret", "s")
    assert added.exit_code == 1
    assert "FAILED     Address of the ERP: no host is called no-such-host.invalid" in added.output
    assert "→ Check how the ERP's URL is written" in added.output
    assert "https://no-such-host.invalid" in run("list").output


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
def test_database_behind_a_tunnel_is_told_step_by_step(run: Run, site: MariaServer, sshd: SshServer) -> None:
    good = run(*database_words(site, sshd))
    assert good.exit_code == 0, good.output
    assert "ok         Tunnel to the database" in good.output
    listed = run("list").output
    assert f"database {SITE}@127.0.0.1 through 127.0.0.1 for finanzas" in listed
    assert READER_PASSWORD not in good.output + listed
    sshd.change_host_keys()
    changed = run("test", "default", "--language", "es")
    assert changed.exit_code == 1
    assert "FAILED     Clave del servidor SSH" in changed.output
    assert "→ Alguien puede estar en medio." in changed.output
    assert "not tried  Túnel a la base de datos" in changed.output


@pytest.mark.service("mariadb")
def test_settings_make_the_database_of_the_default_connection(run: Run, site: MariaServer) -> None:
    env = {"HOST": "127.0.0.1", "PORT": str(site.port), "NAME": SITE, "USER": READER, "PASSWORD": "wrong"}
    tested = run("test", **{f"RECADO_ERP_DB_{name}": value for name, value in env.items()})
    assert tested.exit_code == 1
    assert "FAILED     User of the database: the database does not accept this user with this password" in tested.output
    assert "not tried  Right to read the tables" in tested.output


def test_half_settings_are_one_sentence(run: Run) -> None:
    assert "RECADO_ERP_DB_NAME" in run("test", RECADO_ERP_DB_HOST="db.example").output
