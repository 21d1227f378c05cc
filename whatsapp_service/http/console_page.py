"""`/console`: the administrators' page, served from its built files."""

from __future__ import annotations

from contextlib import suppress
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, redirect, request, send_from_directory
from werkzeug.exceptions import NotFound as NoSuchFile

PREFIX = "/console"
ASSETS = "assets/"
"""Files below it carry a hash of their content in their name, so that a browser may keep them for ever."""
FOR_EVER = 365 * 24 * 3600
POLICY = "; ".join(
    (
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # antd writes its styles at run time
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def console_page(folder: Path) -> Blueprint:
    """The page and its files; every other address below `/console` is one of the page's own, which it shows itself."""
    page = Blueprint("console", __name__)

    @page.get("/")
    def root() -> Response:
        return redirect(f"{PREFIX}/")  # type: ignore[return-value]  # werkzeug's own response class

    @page.get(f"{PREFIX}/", defaults={"path": "index.html"})
    @page.get(f"{PREFIX}/<path:path>")
    def file(path: str) -> Response:
        response = _file(folder, path)
        response.headers.update(HEADERS)
        return response

    return page


def _file(folder: Path, path: str) -> Response:
    try:
        return _asset(folder, path) if path.startswith(ASSETS) else send_from_directory(folder, path, max_age=0)
    except NoSuchFile:
        if path.startswith(ASSETS):
            raise
        return send_from_directory(folder, "index.html", max_age=0)


def _asset(folder: Path, path: str) -> Response:
    """The compressed copy that the build laid beside a file, where the browser takes it."""
    if request.accept_encodings["gzip"]:
        with suppress(NoSuchFile):
            response = send_from_directory(folder, f"{path}.gz", mimetype=guess_type(path)[0], max_age=FOR_EVER)
            response.headers.update({"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
            return response
    return send_from_directory(folder, path, max_age=FOR_EVER)
