"""Files of contacts: no name becomes a path or a header, and nobody else on the machine reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from executor_service.artifacts import ArtifactStore
from executor_service.metadata import metadata
from shared.database import Database
from shared.errors import NotFound


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    database = Database(f"sqlite:///{tmp_path / 'executor.sqlite3'}")
    database.write(metadata.create_all)
    return ArtifactStore(tmp_path / "artifacts", database)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ('a\r\nX: "b".pdf', "aX b.pdf"), ("..", "file")],
)
def test_filename_is_never_a_path_or_a_header(store: ArtifactStore, name: str, kept: str) -> None:
    assert store.save(b"x", filename=name, media_type="text/plain", contact_id="ana").filename == kept


@pytest.mark.parametrize(
    ("media_type", "kept"),
    [
        ("audio/ogg; codecs=opus", "audio/ogg; codecs=opus"),
        ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
        ("text/html\r\nX-Evil: 1", "application/octet-stream"),
        ("", "application/octet-stream"),
        ("text/" + "x" * 500, "application/octet-stream"),
    ],
)
def test_media_type_is_one_that_a_header_carries(store: ArtifactStore, media_type: str, kept: str) -> None:
    assert store.save(b"x", filename="a", media_type=media_type, contact_id="ana").media_type == kept


def test_folder_is_closed_to_other_users_of_the_machine(store: ArtifactStore, tmp_path: Path) -> None:
    store.save(b"x", filename="a", media_type="text/plain", contact_id="ana")
    assert (tmp_path / "artifacts").stat().st_mode & 0o077 == 0


def test_file_of_another_contact_is_not_found(store: ArtifactStore) -> None:
    made = store.save(b"x", filename="a", media_type="text/plain", contact_id="ana")
    with store.files_of("ana").open(made.id) as content:
        assert content.read() == b"x"
    with pytest.raises(NotFound):
        store.files_of("leo").open(made.id)
