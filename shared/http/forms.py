"""Parts of forms that are files."""

from __future__ import annotations

from typing import Annotated

from flask_openapi import FileStorage as Upload
from pydantic import AfterValidator
from werkzeug.datastructures import FileStorage


def _is_file(value: object) -> object:
    if not isinstance(value, FileStorage):
        raise ValueError("a file is wanted, with its name, not a text")
    return value


FilePart = Annotated[Upload, AfterValidator(_is_file)]
"""A file in a form, refused where it is a text."""
