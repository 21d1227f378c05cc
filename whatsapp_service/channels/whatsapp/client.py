"""The four calls to the Cloud API that we need, over connections that are kept."""

from __future__ import annotations

import json
import re
from typing import Any, BinaryIO

from urllib3 import PoolManager

from whatsapp_service.channels.failures import ApiError, NotSent, OutcomeUnknown, SendError
from whatsapp_service.channels.types import Json
from whatsapp_service.channels.whatsapp.answers import api_error, message_id, read_object
from whatsapp_service.channels.whatsapp.limits import upload_type
from whatsapp_service.channels.whatsapp.media import Downloaded, MediaError, RemoteMedia, download
from whatsapp_service.channels.whatsapp.multipart import Multipart
from whatsapp_service.channels.whatsapp.reading import number, text
from whatsapp_service.channels.whatsapp.settings import WhatsAppSettings
from whatsapp_service.channels.whatsapp.transport import answer, read_body

NO_SUCH_OBJECT = 100
_NUMBER_FIELDS = "?fields=display_phone_number,verified_name"
_MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_TYPING_TIMEOUT_SECONDS = (3.0, 5.0)


class WhatsAppClient:
    """One number of ours at the Cloud API. Safe to share between threads, not between processes."""

    def __init__(self, settings: WhatsAppSettings, line: PoolManager) -> None:
        self.settings = settings
        self._line = line

    def __repr__(self) -> str:
        return f"WhatsAppClient({self.settings.phone_number_id})"

    def send(self, body: Json) -> str:
        """The id of the accepted message; "" when the answer was good but held none: never send that one again.

        Raises ApiError, NotSent or OutcomeUnknown; `errors.decide` knows what follows from each.
        """
        return message_id(self._post("messages", _encoded(body), "application/json"))

    def upload(self, data: BinaryIO | bytes, media_type: str, filename: str) -> str:
        """The id of the uploaded file, good for 30 days.

        Raises ApiError or NotSent: nobody sees an upload, so one without an answer can simply be repeated.
        """
        kind = upload_type(media_type)
        body = Multipart({"messaging_product": "whatsapp", "type": kind}, data, kind, filename)
        try:
            found = text(self._post("media", body, body.content_type, length=len(body)), "id")
        except OutcomeUnknown as error:
            raise NotSent(str(error)) from error
        if not found:
            raise ApiError(502, text="the upload was answered without an id")
        return found

    def typing(self, message_id: str) -> bool:
        """Shows "typing" for up to 25 s and marks this message and all before it as read; `False` when that failed.

        Never raises for trouble on the way and gives up early: no reply may wait for it.
        """
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
        try:
            self._post(
                "messages",
                _encoded({**body, "typing_indicator": {"type": "text"}}),
                "application/json",
                _TYPING_TIMEOUT_SECONDS,
            )
        except SendError:
            return False
        return True

    def number(self) -> tuple[str, str]:
        """Our number and its name as Meta shows them; raises SendError. It proves that the token is good for it."""
        found = self._call("GET", self.settings.url(self.settings.phone_number_id) + _NUMBER_FIELDS)
        return text(found, "display_phone_number"), text(found, "verified_name")

    def media(self, media_id: str) -> RemoteMedia:
        """Where a file can be fetched during the next 5 minutes. Raises MediaError."""
        if not _MEDIA_ID.fullmatch(media_id):
            raise MediaError("refused")
        try:
            found = self._call("GET", self.settings.url(media_id))
        except ApiError as error:
            is_gone = error.http == 404 or error.code == NO_SUCH_OBJECT
            raise MediaError("gone" if is_gone else "unreachable") from error
        except SendError as error:
            raise MediaError("unreachable") from error
        if not (url := text(found, "url")):
            raise MediaError("gone")
        return RemoteMedia(url, text(found, "mime_type"), text(found, "sha256"), number(found, "file_size"))

    def download(self, media: RemoteMedia, into: BinaryIO) -> Downloaded:
        """The file, written to `into`. Raises MediaError; one with fault `gone` is worth a new `media` call."""
        return download(self._line, self.settings, media, into)

    def _post(
        self,
        what: str,
        data: Any,
        content_type: str,
        timeout: tuple[float, float] | None = None,
        length: int | None = None,
    ) -> Json:
        """`length` is to be given for a body that is a stream."""
        url = self.settings.url(self.settings.phone_number_id, what)
        headers = {"Content-Type": content_type}
        if length is not None:
            headers["Content-Length"] = str(length)
        return self._call("POST", url, data, headers, timeout)

    def _call(
        self,
        method: str,
        url: str,
        data: Any = None,
        headers: dict[str, str] | None = None,
        timeout: tuple[float, float] | None = None,
    ) -> Json:
        """The JSON object of a 2xx answer, empty when it held none. Raises SendError for every other end."""
        limits = timeout or (self.settings.connect_timeout_seconds, self.settings.read_timeout_seconds)
        token = self.settings.token
        with answer(self._line, method, url, token=token, timeout=limits, data=data, headers=headers) as response:
            body = read_body(response, limits[1])
            if not 200 <= response.status < 300:
                raise api_error(response.status, body, response.headers.get("Retry-After"))
            return read_object(body)


def _encoded(body: Json) -> bytes:
    return json.dumps(body, allow_nan=False).encode()
