"""`/console`: the administrators' page, served from its built files."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, send_from_directory
from werkzeug.exceptions import NotFound as NoSuchFile

PREFIX = "/console"
ASSETS = "assets/"
"""Files below it carry a hash of their content in their name, so that a browser may keep them for ever."""
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
        if path.startswith(ASSETS):
            return send_from_directory(folder, path, max_age=365 * 24 * 3600)
        return send_from_directory(folder, path, max_age=0)
    except NoSuchFile:
        if path.startswith(ASSETS):
            raise
        return send_from_directory(folder, "index.html", max_age=0)
