"""Bodies in the forms that Frappe and the web server before it send."""

from __future__ import annotations

import html
import json
from typing import Any

from flask import Response


def json_response(body: Any, status: int = 200) -> Response:
    """A JSON answer, compact and in UTF-8."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, content_type="application/json")


def html_error(status: int, name: str, description: str) -> Response:
    """The web page that the server's library makes of an error."""
    page = (
        f"<!doctype html>\n<html lang=en>\n<title>{status} {html.escape(name)}</title>\n"
        f"<h1>{html.escape(name)}</h1>\n<p>{html.escape(description)}</p>\n"
    )
    return Response(page, status, content_type="text/html; charset=utf-8")
