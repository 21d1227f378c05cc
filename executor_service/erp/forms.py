"""A file with fields as the body of a form."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping

from urllib3 import encode_multipart_formdata


def encode_form(fields: Mapping[str, str], *, filename: str, data: bytes) -> tuple[bytes, str]:
    """The body and its content type; the file stands in the field `file`."""
    media_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return encode_multipart_formdata({**fields, "file": (filename, data, media_type)})
