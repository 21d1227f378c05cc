"""Failures that tests switch on. Nothing here can be reached over HTTP."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Faults:
    """What goes wrong from now on; change the fields of the object given to `create_app` at any time.

    `status` answers everything with that status and an error in Frappe's shape, or with a web page
    when `html_error` is set (a proxy's 502, say). `quiet` hides tracebacks as the system setting does.
    With `only_prepared` no report is run while one waits; `preparation_error` is why the background gave up.
    """

    delay_seconds: float = 0.0
    status: int = 0
    html_error: bool = False
    rate_limited: bool = False
    retry_after_seconds: int = 49
    maintenance: bool = False
    read_only: bool = False
    lock_timeout: bool = False
    malformed_json: bool = False
    quiet: bool = False
    only_prepared: bool = False
    preparation_error: str = ""
    disabled_users: frozenset[str] = frozenset()
