"""The one tree of errors, branched by what the caller should do.

```text
RecadoError
├── CallerError      the request is wrong: 4xx, explained to the caller
├── TryAgain         the model or client can correct its call
├── TemporaryError   later may work: put back with a delay
└── PermanentError   a person must look: logged, alerted, apology sent
```

Every class has a `code`, which is the last part of the problem's `type` and the key of its sentence in the
translation files, and an HTTP `status`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class RecadoError(Exception):
    """The root. `detail` is for developers; `params` fill the sentence that people read."""

    code = "error"
    status = 500
    title = "Something went wrong"

    def __init__(self, detail: str = "", **params: str) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.params: Mapping[str, str] = params


class CallerError(RecadoError):
    code, status, title = "bad_request", 400, "The request is wrong"


class NotAuthenticated(CallerError):
    code, status, title = "not_authenticated", 401, "Sign in or send a valid token"


class SecondFactorNeeded(NotAuthenticated):
    """Name and password were right; the code of the second factor is still missing."""

    code, title = "second_factor_needed", "A code of the second factor is needed"


class SecondFactorWrong(NotAuthenticated):
    code, title = "second_factor_wrong", "The code is wrong or was used already"


class NotPermitted(CallerError):
    code, status, title = "not_permitted", 403, "Not permitted"


class WrongPassword(NotPermitted):
    """Who is signed in did not give the present password again; the session is still good."""

    code, title = "wrong_password", "The present password is wrong"


class NotLinked(NotPermitted):
    code, title = "not_linked", "This contact is not linked to an ERP user"


class NotFound(CallerError):
    code, status, title = "not_found", 404, "Not found"


class UnknownTool(NotFound):
    code, title = "unknown_tool", "No such tool"


class Conflict(CallerError):
    code, status, title = "conflict", 409, "Conflicts with the present state"


class TooManySchedules(Conflict):
    code, title = "too_many_schedules", "This person has too many schedules"


class KeyReused(Conflict):
    code, title = "key_reused", "This key was used for another call"


class Gone(CallerError):
    code, status, title = "gone", 410, "No longer available"


class ResultGone(Gone):
    """No such result of this person is kept: it is another's, or older than results are kept."""

    code, title = "result_gone", "This result is no longer kept"


class TooLarge(CallerError):
    code, status, title = "too_large", 413, "Too large"


class TryAgain(RecadoError):
    code, status, title = "try_again", 422, "The call can be corrected"


class InvalidArguments(TryAgain):
    """Arguments that do not fit; `errors` names each: `{"where": "period", "what": "..."}`."""

    code, title = "invalid_arguments", "Invalid arguments"

    def __init__(self, detail: str = "", *, errors: tuple[Mapping[str, str], ...] = (), **params: str) -> None:
        super().__init__(detail, **params)
        self.errors = errors


class NeedsOneOf(InvalidArguments):
    """One of several arguments is needed; the param `wanted` names them in the person's language."""

    code, title = "needs_one_of", "One of several arguments is needed"


class PeriodNotUnderstood(InvalidArguments):
    code, title = "period_not_understood", "The period was not understood"


class NoMatch(InvalidArguments):
    """Nothing in the ERP is called that; its params are `text`, what was typed, and `doctype`, what was looked for."""

    code, title = "no_match", "Nothing in the ERP is called that"


class SourceUnreadable(InvalidArguments):
    """A file that the knowledge base cannot read; the param `reason` says why, the detail what to do."""

    code, title = "source_unreadable", "This file cannot be read"


class QueryRefused(TryAgain):
    """A question in SQL that is not allowed or that the database does not understand; the detail says why."""

    code, title = "query_refused", "This query cannot be run"


class TemporaryError(RecadoError):
    code, status, title = "temporary", 503, "Temporarily not available"
    retry_after_seconds: float | None = None


class ErpUnreachable(TemporaryError):
    code, title = "erp_unreachable", "The ERP does not answer"


class ErpBusy(TemporaryError):
    code, title = "erp_busy", "The ERP is busy or under maintenance"


class DatabaseUnreachable(TemporaryError):
    code, title = "database_unreachable", "The ERP's database does not answer"


class TunnelDown(DatabaseUnreachable):
    """The way to the database is interrupted; the param `step` says where."""

    code, title = "tunnel_down", "The tunnel to the ERP's database is down"


class SheetsUnreachable(TemporaryError):
    code, title = "sheets_unreachable", "The spreadsheet service does not answer"


class RateLimited(TemporaryError):
    code, status, title = "rate_limited", 429, "Too many requests"


class ConversationBusy(TemporaryError):
    """A flow of the conversation is calling out: its next message waits for its turn."""

    code, title = "conversation_busy", "A flow of this conversation is at work"
    retry_after_seconds = 2.0


class ModelUnavailable(TemporaryError):
    code, title = "model_unavailable", "The language model does not answer"


class ServiceUnreachable(TemporaryError):
    code, title = "service_unreachable", "Another service does not answer"


class PermanentError(RecadoError):
    code, status, title = "permanent", 500, "Cannot be done"


class CredentialsRefused(PermanentError):
    code, status, title = "credentials_refused", 502, "The ERP refused the credentials"


class ErpRefused(PermanentError):
    """The ERP understood and said no (a validation, a missing right); the param `message` is its own words, cleaned."""

    code, status, title = "erp_refused", 502, "The ERP refused this"


class ErpNotPermitted(ErpRefused):
    code, status, title = "erp_not_permitted", 403, "The person has no right to this in the ERP"


class ErpNotFound(ErpRefused):
    code, status, title = "erp_not_found", 404, "The ERP has no such document"


class ErpConflict(ErpRefused):
    """Somebody changed the document since it was read."""

    code, status, title = "erp_conflict", 409, "The document was changed by somebody else"


class ErpFailed(PermanentError):
    code, status, title = "erp_failed", 502, "The ERP failed"


class SheetsRefused(PermanentError):
    """The spreadsheet service said no: to the service account, to its folder or to sharing with the person."""

    code, status, title = "sheets_refused", 502, "The spreadsheet service refused this"


class DatabaseRefused(PermanentError):
    """The database said no: to the login, the database's name, a right or a table; the param `step` says to which."""

    code, status, title = "database_refused", 502, "The ERP's database refused this"


class TunnelRefused(DatabaseRefused):
    """The SSH server said no: to the key, or to where the tunnel should lead; the param `step` says to which."""

    code, title = "tunnel_refused", "The SSH server in front of the database refused this"


class HostKeyRefused(PermanentError):
    """The SSH server is not the one we know; the param `reason` is unknown, changed or known_hosts."""

    code, status, title = "host_key_refused", 502, "The SSH server's host key is not the known one"


class ContractBroken(PermanentError):
    code, status, title = "contract_broken", 502, "Another system answered something unexpected"


class UnknownOutcome(PermanentError):
    code, title = "unknown_outcome", "It is not known whether this was done"


class TimeLimitExceeded(PermanentError):
    code, status, title = "time_limit", 504, "It took longer than allowed"


class ToolFailed(PermanentError):
    """A tool says in words why it cannot go on; the person reads its detail as it is."""

    code, title = "tool_failed", "The tool could not do it"


def error_classes() -> dict[str, type[RecadoError]]:
    """Every class of the tree by its code; a class inside a service that has no code of its own is none of them."""
    return {cls.code: cls for cls in _walk(RecadoError) if "code" in vars(cls)}


def _walk(cls: type[RecadoError]) -> Iterator[type[RecadoError]]:
    yield cls
    for below in cls.__subclasses__():
        yield from _walk(below)
