"""The one table from an ERP's refusals to our errors. Facts: answers recorded from Frappe 15.92."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from executor_service.erp.faults import Fault, read_fault
from shared.errors import (
    ContractBroken,
    CredentialsRefused,
    ErpBusy,
    ErpConflict,
    ErpFailed,
    ErpNotFound,
    ErpNotPermitted,
    ErpRefused,
    ErpUnreachable,
    RateLimited,
    RecadoError,
    TemporaryError,
)

BY_KIND: Mapping[str, type[RecadoError]] = {
    "AuthenticationError": CredentialsRefused,
    "CSRFTokenError": CredentialsRefused,
    "SecurityException": CredentialsRefused,
    "SessionExpired": CredentialsRefused,
    "PermissionError": ErpNotPermitted,
    "DoesNotExistError": ErpNotFound,
    "TooManyRequestsError": RateLimited,
    "RateLimitExceededError": RateLimited,
    "SessionStopped": ErpBusy,
    "InReadOnlyMode": ErpBusy,
    "QueryTimeoutError": ErpBusy,
    "QueryDeadlockError": ErpBusy,
    "DocumentLockedError": ErpBusy,
    "TimestampMismatchError": ErpConflict,
}
BY_STATUS: Mapping[int, type[RecadoError]] = {
    400: ErpRefused,
    401: CredentialsRefused,
    403: ErpNotPermitted,
    404: ErpNotFound,
    408: ErpUnreachable,
    409: ErpRefused,
    413: ErpRefused,
    417: ErpRefused,
    422: ErpRefused,
    429: RateLimited,
    500: ErpFailed,
    502: ErpUnreachable,
    503: ErpBusy,
    504: ErpUnreachable,
}
PROXY_STATUSES = frozenset((502, 504, *range(520, 528)))
"""Answers of a proxy that got none from the ERP (520 to 527: Cloudflare): a write may or may not have happened."""

BUSY_DATABASE = frozenset((1040, 1203, 1205, 1213, 2006, 2013))
"""MariaDB errors that pass: too many connections, lock timeout, deadlock, server gone."""

REFUSING_DATABASE = frozenset((1264, 1292, 1366, 1406))
"""MariaDB errors about a value: out of range, incorrect, too long. Frappe answers them with 500."""


def error_of(status: int, headers: Mapping[str, str], body: bytes) -> RecadoError:
    """The error for an answer other than success. Header names are in lower case, or the mapping ignores case.

    `detail` says status and kind; the ERP's own words stand only in `params["message"]` of ErpRefused and its kin.
    """
    fault = read_fault(body)
    found = _class_of(status, fault)
    detail = f"{status} {fault.kind}".strip()
    if issubclass(found, ErpRefused):
        message = fault.words or fault.database_words or fault.kind or str(status)
        return found(detail, message=message, kind=fault.kind)
    error = found(detail)
    if isinstance(error, TemporaryError):
        error.retry_after_seconds = retry_after_seconds(headers)
    return error


def retry_after_seconds(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds to wait as `Retry-After` says (a number or an HTTP date); nothing when it is absent or nonsense."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def _class_of(status: int, fault: Fault) -> type[RecadoError]:
    if 300 <= status < 400:
        return ContractBroken
    if fault.is_guest and status == 403:
        return CredentialsRefused  # our key did not reach the ERP, e.g. a proxy took the header away
    if fault.database_error in BUSY_DATABASE:
        return ErpBusy
    if fault.database_error in REFUSING_DATABASE:
        return ErpRefused
    if fault.kind in BY_KIND:
        return BY_KIND[fault.kind]
    if status in PROXY_STATUSES:
        return ErpUnreachable
    return BY_STATUS.get(status, ErpFailed if status >= 500 else ContractBroken)
