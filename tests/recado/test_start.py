"""What is made at the first start."""

from __future__ import annotations

from pathlib import Path

from recado.start import prepare
from shared.settings import Settings


def test_database_and_key_are_for_this_user_only_in_a_folder_open_to_all(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    prepare(Settings(home=tmp_path))
    modes = {one.name: one.stat().st_mode & 0o077 for one in tmp_path.iterdir() if one.is_file()}
    assert {"recado.sqlite3", "secret.key"} <= set(modes)
    assert set(modes.values()) == {0}
