"""Structured logs: one JSON line an event, with turn and task ids, and no phone, token or text of a message."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog

from shared.redaction import redact_fields, scrub
from shared.tracebacks import told

Logger = structlog.typing.FilteringBoundLogger
RAW_FIELDS = ("exc_info", "stack_info", "_record", "_from_structlog")


def get_logger(room: str) -> Logger:
    """The logger of one room of the house, e.g. `gateway`."""
    logger: Logger = structlog.get_logger(room=room)
    return logger


def configure_logs(level: str, *, as_json: bool = True, file: TextIO | None = None) -> None:
    """Sets logging up for the process; called once, by the entry point. Lines go to `file`, or stderr.

    What libraries log through `logging`, from warnings up, goes the same way: their messages may hold addresses
    with tokens in them.
    """
    file = file or sys.stderr
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not as_json:
        renderer = structlog.dev.ConsoleRenderer(colors=file.isatty())
    shared_processors = _processors()
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *shared_processors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=file),
        cache_logger_on_first_use=True,
    )
    _take_over_libraries(
        file, [*shared_processors, structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    )


def redact(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hides what could be a secret, a phone or a person's words; the raw exception is left for `redact_exception`."""
    raw = {name: fields[name] for name in RAW_FIELDS if name in fields}
    return redact_fields({name: value for name, value in fields.items() if name not in raw}) | raw


def redact_exception(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hides secrets and phones in a rendered traceback."""
    for name in ("exception", "stack"):
        if name in fields:
            fields[name] = scrub(str(fields[name]))
    return fields


@contextmanager
def log_context(**ids: str | None) -> Iterator[None]:
    """Adds ids (turn_id, task_id, ...) to every line logged inside."""
    with structlog.contextvars.bound_contextvars(**{name: value for name, value in ids.items() if value}):
        yield


def _processors() -> list[structlog.typing.Processor]:
    return [
        redact,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(lambda info: told(info[1])),
        redact_exception,
    ]


def _take_over_libraries(file: TextIO, processors: list[structlog.typing.Processor]) -> None:
    handler = logging.StreamHandler(file)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=processors))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
