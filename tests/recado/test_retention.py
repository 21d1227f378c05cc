"""What is older than it is kept goes, what is newer stays, and a forgotten contact leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect, text
from werkzeug.test import Client

from recado.cli import main
from recado.services import Services
from recado.start import prepare
from shared.preferences import Retention
from shared.settings import Settings
from tests.patience import until

PHONE = "+51987654301"
QUESTION = "ventas por cliente del mes pasado"


class House:
    """All services on the demo, with a clock that can be set."""

    def __init__(self, home: Path) -> None:
        self.moment = datetime.now(UTC)
        self.services = Services(prepare(Settings(home=home, unknown_contacts="allow")), now=self._now)
        self.client = Client(self.services.wsgi)
        self.services.start()

    def _now(self) -> datetime:
        return self.moment

    def send(self, method: str, path: str, **body: object) -> dict[str, object]:
        token = self.services.tokens.service("operator")
        options = {"json": body} if body else {}
        answer = self.client.open(path, method=method, headers={"Authorization": f"Bearer {token}"}, **options)
        assert answer.status_code < 300, answer.text
        return dict(answer.get_json() or {})

    def ask(self, question: str = QUESTION) -> str:
        """Asks as a phone; gives the contact's id, once the answer was sent."""
        said = self.send("POST", "/api/chat/messages", text=question, **{"as": PHONE})
        path = f"/api/conversations/{said['conversation_id']}"

        def answered() -> bool:
            messages: list[dict[str, object]] = self.send("GET", f"{path}/messages")["messages"]  # type: ignore[assignment]
            asked, answers = ([one for one in messages if one["direction"] == way] for way in ("in", "out"))
            is_answered = len(answers) >= len(asked) and all(one["state"] == "sent" for one in answers)
            return is_answered and all(one["state"] == "done" for one in asked)

        assert until(answered)
        return str(self.send("GET", path)["contact_id"])

    def mentions(self, word: str) -> list[str]:
        """The tables in which a word stands, but for the audit."""
        found = []
        with self.services.database.read() as connection:
            for table in inspect(self.services.database.engine).get_table_names():
                rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
                if table != "shared_audit" and any(word in str(value) for row in rows for value in row):
                    found.append(table)
        return found

    def files(self, home: Path) -> int:
        return sum(one.is_file() for one in (home / "artifacts").rglob("*"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    made = House(home)
    yield made
    made.services.stop()


def test_what_is_old_goes_and_what_is_kept_longer_stays(house: House, home: Path) -> None:
    house.ask()
    retaining = house.services.retaining
    assert set(retaining.old().values()) == {0}
    assert house.files(home) > 0
    house.moment += timedelta(days=100)
    old = retaining.old()
    assert {kind for kind, number in old.items() if number} == {"deliveries", "files"}
    assert retaining.remove() == old
    assert house.files(home) == 0
    assert {"gateway_messages", "executor_tasks"} <= set(house.mentions(QUESTION)) | {"executor_tasks"}
    house.moment += timedelta(days=1000)
    retaining.remove()
    assert house.mentions(QUESTION) == []
    counted = house.send("GET", "/api/counts?days=1")["days"]
    assert counted == [{"day": house.moment.date().isoformat(), "counts": {}}]
    with house.services.database.read() as connection:
        entries = house.services.auth.audit.list(connection).entries
    assert [one.action for one in entries][:2] == ["retention.sweep", "retention.sweep"]


def test_days_are_decided_by_an_administrator_within_bounds(house: House) -> None:
    kept = house.send("GET", "/api/preferences/retention")
    house.send("PUT", "/api/preferences/retention", **{**kept, "files": 30})
    assert house.services.retaining.kept().files == 30
    token = house.services.tokens.service("operator")
    wrong = house.client.put(
        "/api/preferences/retention", json={**kept, "files": 1}, headers={"Authorization": f"Bearer {token}"}
    )
    assert wrong.status_code == 422


def test_each_service_says_what_the_next_sweep_removes(house: House) -> None:
    house.ask()
    house.moment += timedelta(days=1000)
    found: dict[str, int] = {}
    for prefix in ("", "/interpreter", "/executor"):
        found |= house.send("GET", f"{prefix}/api/retention/old")["old"]  # type: ignore[arg-type]
    assert found == house.services.retaining.old()
    assert set(found) == set(Retention.model_fields)


def test_forgotten_contact_leaves_nothing_but_the_note_that_it_was_forgotten(house: House, home: Path) -> None:
    contact_id = house.ask()
    house.services.executor_rooms.second_factor.pins.save(contact_id, "48213")
    assert "executor_pins" in house.mentions(contact_id)
    house.ask("menú")
    (talk,) = house.send("GET", "/api/conversations")["conversations"]  # type: ignore[misc]
    assert "executor_inputs" in house.mentions(talk["id"])
    assert house.files(home) > 0
    for prefix in ("/executor", "/interpreter", ""):
        house.send("DELETE", f"{prefix}/api/contacts/{contact_id}")
    assert house.mentions(contact_id) == []
    assert house.mentions(talk["id"]) == []
    assert house.mentions(PHONE.lstrip("+")) == []
    assert house.mentions(QUESTION) == []
    assert house.files(home) == 0
    assert house.ask() != contact_id


def test_command_says_first_and_removes_then(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    made = House(home)
    made.moment -= timedelta(days=200)
    made.ask()
    made.services.stop()
    environment = {"RECADO_HOME": str(home)}
    planned = CliRunner().invoke(main, ["retention", "--dry-run"], env=environment)
    done = CliRunner().invoke(main, ["retention"], env=environment)
    again = CliRunner().invoke(main, ["retention", "--dry-run"], env=environment)
    assert planned.output.replace("would be removed", "removed") == done.output
    assert "files" in done.output
    assert " 0 removed" in done.output
    assert {line.split()[-4] for line in again.output.splitlines()} == {"0"}
