"""How a call to a provider can fail, told apart by what is known about the message.

Internal to the channels: each becomes a decision about one row of the outbox, none reaches a person or another service.

```text
SendError
├── ApiError        the provider answered with an error
├── NotSent         the request did not leave: nothing was sent
└── OutcomeUnknown  the request left and no answer came: it may have been sent
```
"""

from __future__ import annotations

from whatsapp_service.channels.types import ApiErrorInfo

_MAX_TEXT_CHARS = 300


class SendError(Exception):
    """The root."""


class ApiError(SendError):
    """The provider's answer. `http` is 0 when it came later as a status.

    `text` are the provider's words, for the operator's page only: no decision is made on them, `str()` omits them.
    """

    def __init__(
        self,
        http: int,
        code: int | None = None,
        subcode: int | None = None,
        retry_after: float | None = None,
        text: str = "",
        trace: str = "",
    ) -> None:
        super().__init__(f"HTTP {http}, code {code}, subcode {subcode}, trace {trace or None}")
        self.http = http
        self.code = code
        self.subcode = subcode
        self.retry_after = retry_after
        self.text = text[:_MAX_TEXT_CHARS]
        self.trace = trace

    @classmethod
    def from_status(cls, info: ApiErrorInfo) -> ApiError:
        """The same error when it came in a `failed` status instead of an answer."""
        return cls(0, info.code, text=info.details or info.title)


class NotSent(SendError):
    """The connection could not be made; trying again cannot double anything."""


class OutcomeUnknown(SendError):
    """The answer did not come; trying again may double the message."""
