"""Connections over the API: for administrators only, made, changed, tested and removed; secrets go in, never out."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client

from recado.services import Services
from tests.executor_service.api.test_links_api import as_role
from tests.services.mariadb import READER, READER_PASSWORD, SITE, MariaServer
from tests.services.sshd import SshServer

AT = "/executor/api/connections"
SITE_BODY = {
    "name": "Boliviana",
    "url": "https://erp.example/",
    "api_key": "the-key",
    "api_secret": "the-secret",
    "company": "Boliviana SRL",
}
DATABASE = {"host": "db.example", "name": "site", "user": "reader", "password": "the password", "groups": ["finance"]}


@pytest.fixture
def admin(services: Services) -> dict[str, str]:
    return as_role(services, "administrator")


def steps_of(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {step["step"]: step["status"] for step in answer.json["steps"]}


def test_connections_are_for_administrators(services: Services, client: Client) -> None:
    operator = as_role(services, "operator")
    for verb, path in (("GET", AT), ("POST", AT), ("PUT", f"{AT}/default"), ("POST", f"{AT}/default/test")):
        assert client.open(path, method=verb).status_code == 401
        assert client.open(path, method=verb, headers=operator).status_code == 403


def test_connection_is_made_changed_and_removed(client: Client, admin: dict[str, str]) -> None:
    made = client.post(AT, json={"id": "boliviana", **SITE_BODY}, headers=admin)
    assert (made.status_code, made.json["has_key"], made.json["url"]) == (201, True, "https://erp.example")
    assert client.post(AT, json={"id": "boliviana", **SITE_BODY}, headers=admin).status_code == 409
    change = {"name": "Otra", "url": "https://erp.example", "company": "Boliviana SRL"}
    assert client.put(f"{AT}/boliviana", json=change, headers=admin).json["name"] == "Otra"
    moved = client.put(f"{AT}/boliviana", json={**change, "url": "https://evil.example"}, headers=admin)
    assert moved.status_code == 422
    assert client.delete(f"{AT}/boliviana", headers=admin).status_code == 204
    assert client.get(f"{AT}/boliviana", headers=admin).status_code == 404


def test_secrets_never_come_out(client: Client, admin: dict[str, str]) -> None:
    client.post(AT, json={"id": "boliviana", **SITE_BODY}, headers=admin)
    said = client.put(f"{AT}/boliviana/database", json=DATABASE, headers=admin).text
    said += client.get(AT, headers=admin).text
    assert '"groups":["finance"]' in said
    assert not [secret for secret in ("the-key", "the-secret", "the password") if secret in said]


def test_database_is_said_and_forgotten(services: Services, client: Client, admin: dict[str, str]) -> None:
    ssh = {"host": "gate.example", "user": "tunnel", "known_hosts": "/etc/known_hosts"}
    saved = client.put(f"{AT}/default/database", json={**DATABASE, "ssh": ssh}, headers=admin)
    assert saved.json["database"]["ssh"]["carrier"] == "sshtunnel"
    without = {name: value for name, value in DATABASE.items() if name != "password"}
    assert client.put(f"{AT}/default/database", json={**without, "ssh": ssh}, headers=admin).status_code == 200
    assert client.put(f"{AT}/default/database", json=without, headers=admin).status_code == 422
    assert client.delete(f"{AT}/default/database", headers=admin).status_code == 204
    assert client.delete(f"{AT}/default/database", headers=admin).status_code == 404
    with services.database.read() as connection:
        noted = str(services.auth.audit.list(connection).entries)
    assert "connection.database" in noted
    assert "the password" not in noted


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://erp.example"},
        {"url": "https://user:pass@erp.example"},
        {"api_secret": None},
        {"id": "Not An Id"},
        {"kind": "demo"},
        {"name": ""},
    ],
)
def test_wrong_connection_is_refused(client: Client, admin: dict[str, str], wrong: dict[str, Any]) -> None:
    assert client.post(AT, json={"id": "boliviana", **SITE_BODY, **wrong}, headers=admin).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "-oProxyCommand=touch /tmp/x"},
        {"host": "db example"},
        {"port": 0},
        {"ssh": {"host": "g", "user": "-x", "known_hosts": "/k"}},
        {"ssh": {"host": "g", "user": "u"}},
        {"ssh": {"host": "g", "user": "u", "known_hosts": "/k", "carrier": "telnet"}},
    ],
)
def test_wrong_database_is_refused(client: Client, admin: dict[str, str], wrong: dict[str, Any]) -> None:
    assert client.put(f"{AT}/default/database", json={**DATABASE, **wrong}, headers=admin).status_code == 422


def test_demo_cannot_become_another_company(client: Client, admin: dict[str, str]) -> None:
    assert client.put(f"{AT}/default", json=SITE_BODY, headers=admin).status_code == 409


def test_demo_passes_its_test(client: Client, admin: dict[str, str]) -> None:
    answer = client.post(f"{AT}/default/test", headers=admin)
    assert steps_of(answer) == {"erp_login": "ok", "erp_permission": "ok"}
    assert "Ferretería Andina" in answer.json["steps"][1]["detail"]


def test_test_names_the_step_in_the_language_asked_for(client: Client, admin: dict[str, str]) -> None:
    body = {"id": "gone", **SITE_BODY, "url": "https://no-such-host.invalid"}
    client.post(AT, json=body, headers=admin)
    answer = client.post(f"{AT}/gone/test?language=es", headers=admin)
    assert not answer.json["passed"]
    assert list(steps_of(answer).values()) == ["failed", "not_tried", "not_tried", "not_tried", "not_tried"]
    assert answer.json["steps"][0]["what"] == "Dirección del ERP"
    assert "DNS" in answer.json["steps"][0]["mend"]


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
def test_database_behind_a_tunnel_is_tested_step_by_step(
    client: Client, admin: dict[str, str], site: MariaServer, sshd: SshServer
) -> None:
    ssh = {"host": "127.0.0.1", "port": sshd.port, "user": sshd.user, "known_hosts": str(sshd.known_hosts)}
    ssh["key_file"] = str(sshd.key_file)
    body = {**DATABASE, "host": "127.0.0.1", "port": site.port, "name": SITE, "user": READER, "ssh": ssh}
    body["password"] = READER_PASSWORD
    assert client.put(f"{AT}/default/database", json=body, headers=admin).status_code == 200
    assert set(steps_of(client.post(f"{AT}/default/test", headers=admin)).values()) == {"ok"}
    client.put(f"{AT}/default/database", json={**body, "password": "wrong"}, headers=admin)
    steps = steps_of(client.post(f"{AT}/default/test", headers=admin))
    assert (steps["tunnel"], steps["database_login"], steps["permission"]) == ("ok", "failed", "not_tried")
