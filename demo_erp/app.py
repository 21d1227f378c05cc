"""The Flask application: one door for every path, so that answers match Frappe's to the letter."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException

from demo_erp.auth import authenticate
from demo_erp.errors import FrappeError, body_v1, body_v2, server_messages
from demo_erp.faults import Faults
from demo_erp.messages import choose_language, load_texts
from demo_erp.meta import load_meta
from demo_erp.people import people
from demo_erp.requests import read_arguments
from demo_erp.responses import html_error, json_response
from demo_erp.routes import answer_request
from demo_erp.site import Call, Site
from demo_erp.store import Store, unpack
from demo_erp.webhooks import Webhooks

DEMO_DAY = date(2026, 11, 20)
_MAX_BODY = 25 * 1024 * 1024
_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]


def lima_now() -> datetime:
    """The time of day in Lima, without zone, as Frappe stores it."""
    return datetime.now(ZoneInfo("America/Lima")).replace(tzinfo=None)


def create_app(
    data_file: Path,
    *,
    today: date = DEMO_DAY,
    now: Callable[[], datetime] = lima_now,
    faults: Faults | None = None,
    webhooks: Webhooks | None = None,
) -> Flask:
    """The stand-in over a copy of the data, which is unpacked when the file is not there yet.

    What happens to documents is told through `webhooks`.

    `today` is the date of the data, `now` gives the time of day for stamps. The store stands in
    `app.extensions["demo_erp"]`: close it before the file is removed.
    """
    if not data_file.exists():
        unpack(data_file)
    persons = {person.api_key: person for person in people()}
    site = Site(
        Store(data_file), load_meta(), load_texts(), persons, today, now, faults or Faults(), webhooks or Webhooks()
    )
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    app.extensions["demo_erp"] = site.store

    def answer(path: str) -> Response:
        return _serve(site, f"/{path}", request)

    app.add_url_rule("/<path:path>", "answer", answer, methods=_VERBS, provide_automatic_options=False)
    return app


def _serve(site: Site, path: str, incoming: Request) -> Response:
    quiet = site.faults.quiet
    try:
        broken = _fault(site.faults, incoming.method)
        if broken is not None:
            return broken
        call = _authenticated(site, path, incoming)
        outcome = answer_request(call, path, incoming)
        return _with_notes(call, outcome)
    except FrappeError as error:
        return _error_response(error, path, incoming, quiet=quiet)
    except json.JSONDecodeError as error:
        broken_json = FrappeError(500, "json.decoder.JSONDecodeError", str(error))
        return _error_response(broken_json, path, incoming, quiet=quiet)
    except HTTPException as error:
        return html_error(error.code or 500, error.name, error.description or "")


def _authenticated(site: Site, path: str, incoming: Request) -> Call:
    person = authenticate(incoming.headers.get("Authorization", ""), site.persons, site.faults.disabled_users)
    language = choose_language(incoming.headers.get("Accept-Language", ""))
    call = Call(site, person, language, read_arguments(incoming))
    if site.faults.read_only and incoming.method != "GET":
        raise FrappeError(
            503,
            "frappe.exceptions.InReadOnlyMode",
            call.say("read_only"),
            (call.message(call.say("read_only"), title="read_only_title"),),
        )
    return call


def _fault(faults: Faults, method: str) -> Response | None:
    if faults.delay_seconds:
        time.sleep(faults.delay_seconds)
    if faults.html_error:
        return html_error(faults.status or 502, "Bad Gateway", "The upstream server did not answer.")
    if faults.malformed_json:
        return Response('{"data": [', 200, content_type="application/json")
    if faults.rate_limited:
        wait = str(faults.retry_after_seconds)
        response = _plain_error(FrappeError(429, "frappe.exceptions.TooManyRequestsError"), quiet=faults.quiet)
        limits = {"X-RateLimit-Limit": "20000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": wait}
        response.headers.update(limits | {"Retry-After": wait})
        return response
    if faults.maintenance:
        stopped = FrappeError(503, "frappe.exceptions.SessionStopped", "Session Stopped")
        return _plain_error(stopped, quiet=faults.quiet)
    if faults.lock_timeout and method != "GET":
        text = "(1205, 'Lock wait timeout exceeded; try restarting transaction')"
        return _plain_error(FrappeError(500, "frappe.exceptions.QueryTimeoutError", text), quiet=faults.quiet)
    if faults.status:
        return _plain_error(FrappeError(faults.status, "frappe.exceptions.ValidationError"), quiet=faults.quiet)
    return None


def _plain_error(error: FrappeError, *, quiet: bool) -> Response:
    return json_response(body_v1(error, quiet=quiet), error.status)


def _error_response(error: FrappeError, path: str, incoming: Request, *, quiet: bool) -> Response:
    if "text/html" in incoming.headers.get("Accept", ""):
        return html_error(error.status, error.exc_type, error.messages[0].text if error.messages else "")
    make = body_v2 if path.startswith("/api/v2/") else body_v1
    return json_response(make(error, quiet=quiet), error.status)


def _with_notes(call: Call, outcome: Response | tuple[dict[str, object], int]) -> Response:
    if isinstance(outcome, Response):
        return outcome
    body, status = outcome
    if call.notes:
        body = body | {"_server_messages": server_messages(tuple(call.notes))}
    return json_response(body, status)
