"""Secrets at rest open only with the right key and for the record they were sealed for."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.secrets import KEY_FILE, SecretBox, SecretUnreadable, load_or_make_key

OLD, NEW = "old" * 12, "new" * 12


@pytest.mark.parametrize("text", ["", "ñandú 日本", "x" * 10_000, '["a","b"]', "\x00"])
def test_what_was_sealed_opens_for_its_record(text: str) -> None:
    sealed = SecretBox(NEW).seal("link:1", text)
    assert SecretBox(NEW).open("link:1", sealed) == text


def test_a_sealed_text_shows_nothing_and_is_never_the_same_twice() -> None:
    box = SecretBox(NEW)
    first, second = box.seal("link:1", "hunter2"), box.seal("link:1", "hunter2")
    assert first != second
    assert "hunter2" not in first
    assert "link" not in first


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SecretUnreadable):
        SecretBox(OLD).open("link:1", SecretBox(NEW).seal("link:1", "hunter2"))


def test_a_secret_moved_to_another_record_does_not_open() -> None:
    box = SecretBox(NEW)
    with pytest.raises(SecretUnreadable):
        box.open("link:2", box.seal("link:1", "hunter2"))


def test_the_older_key_still_opens_what_it_sealed_and_seals_nothing_new() -> None:
    sealed = SecretBox(OLD).seal("link:1", "hunter2")
    rotated = SecretBox(NEW, OLD)
    assert rotated.open("link:1", sealed) == "hunter2"
    with pytest.raises(SecretUnreadable):
        SecretBox(OLD).open("link:1", rotated.seal("link:1", "hunter2"))


@pytest.mark.parametrize("sealed", ["", "rubbish", "ñ", "gAAAAA=="])
def test_rubbish_does_not_open(sealed: str) -> None:
    with pytest.raises(SecretUnreadable):
        SecretBox(NEW).open("link:1", sealed)


def test_a_changed_letter_does_not_open() -> None:
    sealed = SecretBox(NEW).seal("link:1", "hunter2")
    changed = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    with pytest.raises(SecretUnreadable):
        SecretBox(NEW).open("link:1", changed)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    key = load_or_make_key(tmp_path)
    assert len(key) >= 32
    assert load_or_make_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_all_who_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    for n in range(20):
        home = tmp_path / str(n)
        home.mkdir()
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(load_or_make_key, [home] * 8))
        assert len(keys) == 1
        assert len(keys.pop()) >= 32


def test_an_empty_key_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("\n")
    with pytest.raises(SecretUnreadable, match=KEY_FILE):
        load_or_make_key(tmp_path)
