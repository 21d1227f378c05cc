"""`recado knowledge`: files are added, found, indexed anew and removed from the terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recado.cli import main
from tests.fakes.documents import PRICES, price_list

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: object) -> Result:
        return CliRunner().invoke(main, ["knowledge", *map(str, words)], env={"RECADO_HOME": str(tmp_path / "home")})

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / PRICES
    path.write_bytes(price_list())
    return path


def test_file_is_added_found_and_removed(run: Run, file: Path) -> None:
    added = run("add", file, "--group", "Sales")
    assert (added.exit_code, "pages: 3" in added.output, "for Sales" in added.output) == (0, True, True)
    assert run("list").output == run("reindex", PRICES).output == added.output
    found = run("search", "garantía del taladro", "--group", "Sales")
    assert (found.exit_code, found.output.splitlines()[0]) == (0, f"{PRICES}, p. 3")
    assert run("search", "garantía del taladro").exit_code == 1
    assert run("remove", PRICES).output == f"Removed {PRICES}.\n"
    assert run("list").output == ""


def test_file_that_cannot_be_read_is_named_and_keeps_no_other_out(run: Run, file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run("add", empty, file)
    assert (done.exit_code, "empty.txt: the file is empty" in done.output) == (1, True)
    assert PRICES in run("list").output


def test_what_cannot_be_done_is_one_sentence(run: Run, file: Path, tmp_path: Path) -> None:
    run("add", file)
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\0")
    for words, sentence in (
        (("add", file), "is there already"),
        (("add", picture), "save it as one of these"),
        (("remove", "nothing.pdf"), "recado knowledge list"),
    ):
        done = run(*words)
        assert (done.exit_code, sentence in done.output, done.output.count("\n")) == (1, True, 1)
    assert run("add", file, "--replace").exit_code == 0
