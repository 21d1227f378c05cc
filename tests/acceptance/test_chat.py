"""The same question from the terminal and from the console's web chat: the same figures as on the phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from tests.acceptance.figures import picture_size, sales_of, sheet_rows, written
from tests.acceptance.phone import Phone
from tests.acceptance.server import TIMEOUT_SECONDS, Server, eventually, recado

QUESTION = {
    "es": "ventas por cliente del mes pasado",
    "pt": "vendas por cliente do mês passado",
    "en": "sales by customer last month",
}
PASSWORD = "correct horse battery"


@pytest.mark.parametrize("language", QUESTION)
def test_terminal_prints_the_total_and_saves_the_files_beside(server: Server, tmp_path: Path, language: str) -> None:
    asked = recado(tmp_path, "ask", QUESTION[language], "--language", language, **server.all_settings)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert written(sales_of("oct_2026"), language) in asked.stdout
    (picture,) = tmp_path.glob("*.png")
    assert min(picture_size(picture.read_bytes())) >= 400
    (sheet,) = tmp_path.glob("*.xlsx")
    assert float(sales_of("oct_2026")) in sheet_rows(sheet.read_bytes())[-1]


def test_terminal_remembers_and_never_writes_over_a_file(server: Server, tmp_path: Path) -> None:
    for question, month in ((QUESTION["es"], "oct_2026"), ("y el anterior?", "sep_2026")):
        asked = recado(tmp_path, "ask", question, **server.all_settings)
        assert written(sales_of(month), "es") in asked.stdout
    assert len(list(tmp_path.glob("*.png"))) == 2


def test_terminal_asks_with_the_rights_of_a_phone(server: Server, phone: Phone, tmp_path: Path) -> None:
    number, user = f"+{phone.number}", "almacen@ferreteria-andina.example"
    assert recado(tmp_path, "contacts", "add", number, "--erp-user", user, **server.all_settings).returncode == 0
    asked = recado(tmp_path, "ask", "cuentas por cobrar", "--as", number, **server.all_settings)
    assert "no tiene permiso" in asked.stdout


def test_terminal_says_that_a_person_answers_and_how_to_come_back(server: Server, phone: Phone, tmp_path: Path) -> None:
    def ask(text: str) -> tuple[int, str]:
        asked = recado(tmp_path, "ask", text, "--as", f"+{phone.number}", **server.all_settings)
        return asked.returncode, asked.stdout + asked.stderr

    code, said = ask("agente")
    assert (code, "«bot»" in said) == (0, True)
    code, said = ask("cuántas facturas hay en octubre")
    assert (code, "A person of the team" in said) == (1, True)
    assert ask("bot") == (0, "Aquí estoy otra vez. ¿Qué necesitas saber?\n")
    assert "octubre de 2026" in ask("cuántas facturas hay en octubre")[1]


def test_terminal_without_a_running_server_answers_all_the_same(tmp_path: Path) -> None:
    asked = recado(tmp_path, "ask", QUESTION["es"], home=str(tmp_path / "home"), port="9")
    assert written(sales_of("oct_2026"), "es") in asked.stdout


def test_web_chat_of_a_signed_in_user_gives_the_same_figures_and_files(server: Server) -> None:
    with signed_in(server) as console:
        said = console.post(f"{server.url}/api/chat/messages", json={"text": QUESTION["es"]}, timeout=TIMEOUT_SECONDS)
        assert said.status_code == 202, said.text
        messages = f"{server.url}/api/conversations/{said.json()['conversation_id']}/messages"
        text, picture, sheet = eventually(lambda: sent(console, messages, 3), "three messages")
        assert written(sales_of("oct_2026"), "es") in text["content"]["text"]
        assert min(picture_size(download(console, server, picture))) >= 400
        assert float(sales_of("oct_2026")) in sheet_rows(download(console, server, sheet))[-1]


def test_web_chat_is_closed_to_strangers(server: Server) -> None:
    said = requests.post(f"{server.url}/api/chat/messages", json={"text": "hola"}, timeout=TIMEOUT_SECONDS)
    assert (said.status_code, said.headers["Content-Type"]) == (401, "application/problem+json")


def signed_in(server: Server) -> requests.Session:
    """The browser of an operator."""
    made = recado(
        server.folder, "users", "add", "ana", "--role", "operator", "--password", PASSWORD, **server.all_settings
    )
    assert made.returncode == 0, made.stderr
    console = requests.Session()
    me = console.post(
        f"{server.url}/api/auth/login", json={"name": "ana", "password": PASSWORD}, timeout=TIMEOUT_SECONDS
    )
    assert me.status_code == 200, me.text
    console.headers.update({"X-CSRF-Token": me.json()["csrf"], "Accept-Language": "es"})
    return console


def sent(console: requests.Session, messages: str, count: int) -> list[dict[str, Any]] | None:
    """The messages to the person, once so many have left."""
    found = console.get(messages, timeout=TIMEOUT_SECONDS).json()["messages"]
    done = [one for one in found if one["direction"] == "out" and one["state"] not in ("queued", "sending")]
    return done if len(done) >= count else None


def download(console: requests.Session, server: Server, message: dict[str, Any]) -> bytes:
    found = console.get(f"{server.url}/api/artifacts/{message['content']['artifact_id']}", timeout=TIMEOUT_SECONDS)
    assert found.status_code == 200
    return found.content
