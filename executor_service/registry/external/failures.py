"""Errors across the border: those of our tree keep class, detail and params, any other becomes `ToolBroke`."""

from __future__ import annotations

from executor_service.registry.context import Cancelled
from executor_service.registry.external.messages import Raised
from shared.encodable import encodable
from shared.errors import InvalidArguments, RecadoError, TemporaryError, error_classes
from shared.tracebacks import told

MAX_TRACEBACK = 8000
MAX_DETAIL = 2000


class ToolBroke(Exception):
    """A tool's own bug; `told` is its traceback, for the log."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


class CallRefused(Exception):
    """A tool used its context in a way that is not open to it; the text says which and what to do."""


def pack(error: BaseException) -> Raised:
    """The error as a message."""
    if isinstance(error, Cancelled):
        return Raised(is_cancelled=True)
    if isinstance(error, CallRefused):
        return Raised(detail=encodable(str(error)))
    if not isinstance(error, RecadoError):
        return Raised(detail=encodable(str(error)), traceback=encodable(_traceback(error)))
    return Raised(
        codes=tuple(dict.fromkeys(cls.code for cls in type(error).__mro__ if issubclass(cls, RecadoError))),
        detail=encodable(error.detail),
        params={name: encodable(str(value)) for name, value in error.params.items()},
        errors=tuple(dict(one) for one in error.errors) if isinstance(error, InvalidArguments) else (),
        retry_after_seconds=error.retry_after_seconds if isinstance(error, TemporaryError) else None,
    )


def unpack(raised: Raised) -> Exception:
    """The error that the message is about, to be raised on this side."""
    if raised.is_cancelled:
        return Cancelled()
    known = error_classes()
    code = next((code for code in raised.codes if code in known), None)
    if code is None:
        return ToolBroke(raised.traceback[-MAX_TRACEBACK:] or raised.detail[:MAX_DETAIL])
    error = known[code](raised.detail[:MAX_DETAIL])
    error.params = {name: value[:MAX_DETAIL] for name, value in raised.params.items()}
    if isinstance(error, InvalidArguments):
        error.errors = raised.errors
    if isinstance(error, TemporaryError):
        error.retry_after_seconds = raised.retry_after_seconds
    return error


def _traceback(error: BaseException) -> str:
    return told(error)[-MAX_TRACEBACK:]
