"""Starting and stopping: what goes wrong is one sentence with the way out, and nothing is left behind."""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests.acceptance.server import TIMEOUT_SECONDS, Server, eventually, free_port, recado

PROCESSOR_SECONDS = 8
"""What a start may cost: on two cores that are free it is then ready well within five seconds."""
WRONG: dict[str, dict[str, str]] = {
    "RECADO_PORT": {"port": "eighty"},
    "RECADO_UNKNOWN_CONTACTS": {"unknown_contacts": "everybody"},
    "RECADO_SECRET_KEY": {"secret_key": "short"},
    "RECADO_WHATSAP_TOKEN": {"whatsap_token": "abc"},
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.stop()


@pytest.mark.parametrize("name", WRONG)
def test_wrong_setting_is_named_and_its_value_is_not_shown(tmp_path: Path, name: str) -> None:
    settings = {"home": str(tmp_path / "home")} | WRONG[name]
    said = refused(recado(tmp_path, "up", "--demo", **settings))
    assert name in said
    assert ".env.example" in said
    assert next(iter(WRONG[name].values())) not in said


def test_wrong_line_in_the_env_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RECADO_PORT=eighty\n")
    assert "RECADO_PORT" in refused(recado(tmp_path, "up"))


def test_busy_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(recado(tmp_path, "up", "--demo", home=str(tmp_path / "home"), port=port))
    assert "RECADO_PORT" in said
    assert port in said


def test_address_of_another_machine_is_named(tmp_path: Path) -> None:
    said = refused(recado(tmp_path, "up", home=str(tmp_path / "home"), port=str(free_port()), host="192.0.2.1"))
    assert "RECADO_HOST" in said


@pytest.mark.parametrize("place", ["under a file", "in the kernel's folder"])
def test_data_folder_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / "file" / "home" if place == "under a file" else Path("/proc/recado")
    said = refused(recado(tmp_path, "up", "--demo", home=str(home), port=str(free_port())))
    assert "RECADO_HOME" in said
    assert str(home) in said


def test_database_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "recado.sqlite3").write_bytes(b"no database" * 100)
    said = refused(recado(tmp_path, "up", "--demo", home=str(tmp_path), port=str(free_port())))
    assert "RECADO_" in said


def test_database_that_nobody_serves_is_named_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://ana:geheim@127.0.0.1:{free_port()}/recado"
    said = refused(recado(tmp_path, "up", home=str(tmp_path), port=str(free_port()), database_url=url))
    assert "RECADO_DATABASE_URL" in said
    assert "geheim" not in said


def test_real_erp_on_the_data_of_the_demo_is_refused(server: Server) -> None:
    server.start()
    server.stop()
    said = refused(recado(server.folder, "up", **server.all_settings, erp_url="http://127.0.0.1:9"))
    assert "RECADO_ERP_URL" in said
    assert "RECADO_HOME" in said


def test_second_server_on_the_same_port_is_refused_and_the_first_goes_on(server: Server) -> None:
    server.start()
    assert "RECADO_PORT" in refused(recado(server.folder, "up", "--demo", **server.all_settings))
    assert requests.get(f"{server.url}/healthz", timeout=TIMEOUT_SECONDS).ok


def test_ready_line_has_the_address_and_comes_soon(server: Server) -> None:
    server.start()
    spent = sum(sum(one.cpu_times()[:2]) for one in server.family())
    line = eventually(lambda: re.search(r"ready at (\S+) after [\d.]+ s", server.log), "the ready line")
    assert line[1] == server.url
    assert 0 < spent < PROCESSOR_SECONDS


@pytest.mark.parametrize("how", [Server.interrupt, Server.terminate], ids=["Ctrl-C", "SIGTERM"])
def test_stopping_is_clean_and_the_next_start_works(server: Server, how: Callable[[Server], None]) -> None:
    for _ in range(2):
        server.start()
        how(server)
        assert server.stop() == 0
    assert "Traceback" not in server.log
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{server.url}/healthz", timeout=TIMEOUT_SECONDS)


def test_doctor_is_content_with_the_demo(tmp_path: Path) -> None:
    said = recado(tmp_path, "doctor", home=str(tmp_path / "home"), port=str(free_port()))
    assert said.returncode == 0, said.stdout
    assert "FAILED" not in said.stdout
    for subject in ("Python", "Port", "Data folder", "Secret key", "Database", "WhatsApp", "Tools", "ERP"):
        assert re.search(rf"^ok +{subject}", said.stdout, re.MULTILINE), subject


def test_doctor_names_what_is_wrong_and_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def nothing(:\n")
    nobody = f"http://127.0.0.1:{free_port()}"
    settings = {"erp_url": nobody, "erp_api_key": "k", "erp_api_secret": "s", "llm_base_url": nobody}
    settings |= {"tools_path": str(tmp_path), "unknown_contacts": "allow"}
    said = recado(tmp_path, "doctor", home=str(tmp_path / "home"), port=str(free_port()), **settings)
    assert said.returncode == 1
    lines = said.stdout.splitlines()
    for subject, mend in (
        ("ERP", "RECADO_ERP_URL"),
        ("Language model", "RECADO_LLM_BASE_URL"),
        ("Tool file", "Correct"),
    ):
        place = next(place for place, line in enumerate(lines) if re.match(rf"FAILED +{subject}", line))
        assert mend in lines[place + 1]
    assert re.search(r"^warning +Unknown contacts", said.stdout, re.MULTILINE)


def test_doctor_says_why_the_data_folder_is_not_usable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = recado(tmp_path, "doctor", home=str(tmp_path / "file" / "home"), port=str(free_port()))
    assert said.returncode == 1
    assert "RECADO_HOME" in said.stdout
    assert "Traceback" not in said.stderr


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that did not start."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr
