"""Spreadsheets at Google, made by a service account in a folder of the company's shared drive."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gspread
from google.auth.exceptions import GoogleAuthError
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError
from requests import RequestException, Response
from structlog import get_logger
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from executor_service.connectors.google_requests import requests_for
from executor_service.connectors.spreadsheets import Grid
from shared.errors import SheetsRefused, SheetsUnreachable

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
_CONNECT_SECONDS, _READ_SECONDS = 5, 20
_ATTEMPTS = 4
_BUSY = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")


class GoogleSheets:
    """Reads the key at each use, so that it can be exchanged; the folder's drive owns what is made.

    A service account owns no storage of its own, so that without a folder of a shared drive Google mostly refuses.
    `address` stands in for Google's hosts, in tests.
    """

    def __init__(self, key_file: Path, folder: str = "", *, address: str = "") -> None:
        self._key_file = key_file
        self._folder = folder
        self._address = address

    def save(self, grid: Grid, *, reader: str) -> str:
        """The address of the new spreadsheet; one that could not be filled or shared is removed again."""
        try:
            return self._saved(self._client(), grid, reader)
        except (APIError, GoogleAuthError, RequestException) as error:
            raise _meant(error) from error

    def _client(self) -> gspread.Client:
        try:
            key = Credentials.from_service_account_file(str(self._key_file), scopes=SCOPES)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise SheetsRefused(f"the service account's key file cannot be read: {type(error).__name__}") from error
        client = gspread.Client(auth=key, http_client=_http_at(self._address))
        client.set_timeout((_CONNECT_SECONDS, _READ_SECONDS))
        return client

    def _saved(self, client: gspread.Client, grid: Grid, reader: str) -> str:
        made = client.create(grid.title, folder_id=self._folder or None)
        try:
            for request in requests_for(grid, made.sheet1.id):
                made.batch_update(request)
            made.share(reader, perm_type="user", role="writer", notify=False)
        except BaseException:
            self._remove(client, made.id)
            raise
        return made.url

    def _remove(self, client: gspread.Client, name: str) -> None:
        """A removal that fails is logged: what went wrong before it is what the person should hear."""
        try:
            client.del_spreadsheet(name)
        except (APIError, GoogleAuthError, RequestException) as error:
            get_logger("executor").warning("spreadsheet_left_behind", spreadsheet=name, error=type(error).__name__)


class _Http(gspread.HTTPClient):
    """Google's API, asked again only while it says that it is busy, which is before it did anything."""

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
        asking = Retrying(
            retry=retry_if_exception(_is_busy),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential_jitter(initial=1, max=8),
            reraise=True,
        )
        return asking(super().request, method, endpoint, *args, **kwargs)


def _http_at(address: str) -> type[_Http]:
    """The client for Google's own hosts, or for what stands in for them."""
    if not address:
        return _Http

    class Elsewhere(_Http):
        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
            for host in _HOSTS:
                endpoint = endpoint.replace(host, address, 1)
            return super().request(method, endpoint, *args, **kwargs)

    return Elsewhere


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, APIError) and (error.code == 429 or _reason(error) in _BUSY)


def _reason(error: APIError) -> str:
    """Drive's own word for what is wrong; the Sheets API gives none."""
    errors = error.error.get("errors") or [{}]
    first: Mapping[str, Any] = errors[0]
    return str(first.get("reason", ""))


def _meant(error: APIError | GoogleAuthError | RequestException) -> SheetsRefused | SheetsUnreachable:
    if isinstance(error, APIError) and error.code < 500 and not _is_busy(error):
        return SheetsRefused(f"Google answered {error.code}: {error.error.get('message', '')}")
    if isinstance(error, GoogleAuthError) and not getattr(error, "retryable", False):
        return SheetsRefused("Google refused the service account's key")
    return SheetsUnreachable(f"Google does not answer: {type(error).__name__}")
