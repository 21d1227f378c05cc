"""Names of files: what people may see, and which ending a media type has."""

from __future__ import annotations

from whatsapp_service.channels.splitting import fit_title

MAX_NAME = 240
_MAX_EXTENSION = 10
_EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "audio/ogg": ".ogg",
    "audio/opus": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}


def extension_of(media_type: str) -> str:
    """The ending for a stored file, e.g. ".ogg" for "audio/ogg; codecs=opus"; ".bin" for types we do not know."""
    return _EXTENSIONS.get(media_type.partition(";")[0].strip().lower(), ".bin")


def display_name(name: str, limit: int = MAX_NAME) -> str:
    """The last part of a path, on one line, cut to `limit` UTF-16 units with its ending kept; never empty.

    For showing only: stored files get names of our own.
    """
    visible = "".join(char for char in name.replace("\\", "/") if char.isprintable() or char.isspace())
    last = visible.rpartition("/")[2].strip(" .")
    stem, dot, extension = last.rpartition(".")
    if not (stem and dot and extension.isalnum() and len(extension) <= _MAX_EXTENSION):
        return fit_title(last, limit)
    return f"{fit_title(stem, limit - 2 * _MAX_EXTENSION)}.{extension}"
