"""`recado contacts add` on the demo: nothing is changed for credentials that the ERP refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from demo_erp.people import people
from recado.cli import main

PHONE = "+51987654300"
MANAGER = "gerente@ferreteria-andina.example"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words], env={"RECADO_HOME": str(home)})


def test_person_of_the_demo_is_linked_without_a_key(home: Path) -> None:
    added = run(home, "contacts", "add", PHONE, "--erp-user", MANAGER)
    assert added.exit_code == 0, added.output
    assert MANAGER in added.output


def test_refused_key_leaves_the_link_there_was(home: Path) -> None:
    run(home, "contacts", "add", PHONE, "--erp-user", MANAGER)

    refused = run(home, "contacts", "add", PHONE, "--erp-user", MANAGER, "--api-key", "no", "--api-secret", "no")

    assert refused.exit_code == 1
    assert "refused" in refused.output
    asked = run(home, "ask", "ventas del mes", "--as", PHONE, "--save-to", str(home))
    assert "S/ 21,526.90" in asked.output, asked.output


def test_refused_key_of_a_new_phone_links_nobody(home: Path) -> None:
    run(home, "contacts", "add", PHONE, "--erp-user", "jorge@example.com", "--api-key", "no", "--api-secret", "no")

    asked = run(home, "ask", "ventas del mes", "--as", PHONE, "--save-to", str(home))

    assert "credenciales" not in asked.output


def test_key_of_somebody_else_links_nobody(home: Path) -> None:
    manager = next(one for one in people() if one.user == MANAGER)

    refused = run(
        home,
        *("contacts", "add", PHONE, "--erp-user", "jorge@example.com"),
        *("--api-key", manager.api_key, "--api-secret", manager.api_secret),
    )

    assert refused.exit_code == 1
    assert f"this key is of {MANAGER}, not of jorge@example.com" in refused.output
