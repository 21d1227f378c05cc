"""A file that a person sent with the number of a document below it: it is to be attached there."""

from __future__ import annotations

import mimetypes

from shared.contracts.base import Json
from shared.contracts.turns import MediaInput

ATTACH = "document.attach"
_NAMES = {"image": "foto", "video": "video", "audio": "audio"}


def attach_arguments(media: MediaInput) -> Json | None:
    """The arguments of `document.attach`; None without a kept file, or a number in its caption.

    Which document is meant the tool finds out of the caption: "a la factura 377", "ACC-SINV-2026-00377".
    """
    caption = media.caption.strip()
    if media.artifact_id is None or media.media == "sticker" or not any(sign.isdigit() for sign in caption):
        return None
    return {"name": caption, "file": media.artifact_id, "filename": media.filename or _name(media)}


def _name(media: MediaInput) -> str:
    ending = mimetypes.guess_extension(media.media_type.partition(";")[0].strip()) or ""
    return f"{_NAMES.get(media.media, 'archivo')}{ending}"
