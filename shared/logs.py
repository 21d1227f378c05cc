"""Structured logs: one JSON line an event, with turn and task ids, and no phone, token or text of a message."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog

SECRET_FIELDS = re.compile(r"token|secret|password|authorization|api_key|cookie|phone|text|body", re.IGNORECASE)
LONG_DIGITS = re.compile(r"\+?\d[\d \-()]{8,}\d")
REDACTED = "[redacted]"

Logger = structlog.typing.FilteringBoundLogger


def get_logger(room: str) -> Logger:
    """The logger of one room of the house, e.g. `gateway`."""
    logger: Logger = structlog.get_logger(room=room)
    return logger


def configure_logs(level: str, *, as_json: bool = True) -> None:
    """Sets logging up for the process; called once, by the entry point."""
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not as_json:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            redact,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact_exception,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def redact(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hides values of fields that could hold a secret or a person's words, and long numbers in all others."""
    for name, value in fields.items():
        if SECRET_FIELDS.search(name):
            fields[name] = REDACTED
        elif isinstance(value, str) and not name.endswith("_id"):
            fields[name] = LONG_DIGITS.sub(REDACTED, value)
    return fields


def redact_exception(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hides long numbers in a rendered traceback."""
    if "exception" in fields:
        fields["exception"] = LONG_DIGITS.sub(REDACTED, str(fields["exception"]))
    return fields


@contextmanager
def log_context(**ids: str | None) -> Iterator[None]:
    """Adds ids (turn_id, task_id, ...) to every line logged inside."""
    with structlog.contextvars.bound_contextvars(**{name: value for name, value in ids.items() if value}):
        yield
