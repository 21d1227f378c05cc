from __future__ import annotations

import pytest

from whatsapp_service.channels.outgoing import FileKind
from whatsapp_service.channels.whatsapp.limits import MEGABYTE, file_kind, upload_type


@pytest.mark.parametrize(
    ("wanted", "media_type", "size", "kind"),
    [
        ("image", "image/png", 5 * MEGABYTE, "image"),
        ("image", "image/png", 5 * MEGABYTE + 1, None),
        ("image", "application/pdf", 1, "document"),
        ("image", "image/svg+xml", 1, None),
        ("audio", "audio/ogg; codecs=opus", 1, "audio"),
        ("document", "text/csv", 1, "document"),
        ("document", "application/pdf", 100 * MEGABYTE, "document"),
        ("document", "application/pdf", 100 * MEGABYTE + 1, None),
        ("document", "application/zip", 1, None),
    ],
)
def test_file_kind(wanted: FileKind, media_type: str, size: int, kind: FileKind | None) -> None:
    assert file_kind(wanted, media_type, size) == kind


@pytest.mark.parametrize(
    ("media_type", "uploaded"),
    [("text/csv; charset=utf-8", "text/plain"), ("Audio/OGG; codecs=opus", "audio/ogg"), ("image/png", "image/png")],
)
def test_upload_type(media_type: str, uploaded: str) -> None:
    assert upload_type(media_type) == uploaded
