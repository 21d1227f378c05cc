"""Nothing secret is ever written: the output of real log lines is scanned for what was put in."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
import structlog

from shared.ids import new_id, turn_id
from shared.logs import configure_logs, get_logger, log_context
from shared.tokens import Tokens

WORDS = "Mándame las ventas de octubre"
FIGURE = "S/ 8,437.48"
TOKEN = Tokens("k" * 40).service("gateway")
# what is logged, and the part of it that must not be read
HIDDEN: list[tuple[object, str]] = [
    ("+5215512345678", "155123"),
    ("5511987654321", "119876"),
    ("+52 1 55 1234 5678", "1234 5678"),
    ("(011) 4321-5678", "4321-5678"),
    (5215512345678, "155123"),
    ("rcd_0123456789abcdefghijABCDEFGHIJ_-", "abcdefghij"),
    ("Bearer abcdefghijklmnop", "abcdefghij"),
    ("https://api.telegram.test/bot123456789:AAEabcdefghijklmnop/sendMessage", "AAEabcdef"),
    ("EAAGm0PX4ZCpsBAKZCvabcdefgh", "PX4ZCpsB"),
    ("sk-proj-abcdefghijklmnop", "abcdefghij"),
    ("token 4f5e6d7c8b9a:1a2b3c4d5e6f", "1a2b3c4d"),
    ("postgresql+psycopg://recado:hunter2hunter2@db/recado", "hunter2"),
    ("https://graph.test/media?id=1&access_token=zzzyyyxxx", "zzzyyy"),
    (TOKEN, TOKEN[-20:]),
]


@dataclass(frozen=True)
class Letter:
    words: str


class Output(io.StringIO):
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def output() -> Iterator[Output]:
    """What the logs of a process, set up as its entry point does, write."""
    root, written = logging.getLogger(), Output()
    handlers, level = root.handlers[:], root.level
    configure_logs("debug", file=written)
    yield written
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(("logged", "hidden"), HIDDEN, ids=range(len(HIDDEN)))
@pytest.mark.parametrize("place", ["field", "nested", "event", "id", "error", "library", "library_error"])
def test_a_phone_or_secret_is_nowhere_in_the_output(output: Output, place: str, logged: object, hidden: str) -> None:
    _write(place, logged)
    assert "[redacted]" in output.getvalue()
    assert hidden not in output.getvalue()


@pytest.mark.parametrize(
    "name", ["text", "body", "message", "caption", "prompt", "message_text", "texts", "content", "arguments", "email"]
)
def test_the_words_of_a_person_are_hidden_by_the_name_of_their_field(output: Output, name: str) -> None:
    get_logger("gateway").info("received", **{name: WORDS}, data={name: [WORDS]})
    (line,) = output.lines()
    assert line[name] == "[redacted]"
    assert line["data"] == {name: "[redacted]"}


@pytest.mark.parametrize(
    "value", [Letter(WORDS), ValueError(WORDS), WORDS.encode(), [Letter(WORDS)], {"a": {1: Letter(WORDS)}}]
)
def test_an_object_shows_its_kind_and_nothing_it_holds(output: Output, value: object) -> None:
    get_logger("gateway").info("received", letter=value)
    assert "ventas" not in json.dumps(output.lines(), ensure_ascii=False)


def test_ids_lengths_and_measures_stay_readable(output: Output) -> None:
    ids = {
        "turn_id": turn_id("whatsapp", "1", "2", "3"),
        "task_id": "0196853490f27185303967421a1",
        "token_id": new_id(),
    }
    more = {"text_length": 31, "prompt_tokens": 812, "seconds": 0.25, "waiting": True, "day": "2026-11-20 10:00:00"}
    get_logger("executor").info("called", **ids, **more, total=Decimal("12.50"), reason=None)
    (line,) = output.lines()
    assert line.items() >= (ids | more | {"total": "12.50", "reason": None, "room": "executor"}).items()


def test_an_id_in_a_sentence_is_not_taken_for_a_phone(output: Output) -> None:
    get_logger("executor").info("called", key="0196853490f27185303967421a1:3")
    assert output.lines()[0]["key"] == "0196853490f27185303967421a1:3"


def test_ids_of_the_context_are_on_every_line_inside_it(output: Output) -> None:
    with log_context(turn_id="t1", task_id=None):
        get_logger("gateway").info("one")
    get_logger("gateway").info("two")
    one, two = output.lines()
    assert (one["turn_id"], "task_id" in one, "turn_id" in two) == ("t1", False, False)


@pytest.mark.parametrize("logger", [structlog.get_logger(room="executor"), logging.getLogger("werkzeug")])
def test_what_an_exception_says_is_hidden_and_where_it_happened_is_told(output: Output, logger: Any) -> None:
    try:
        try:
            raise ValueError(f"cannot read {WORDS}")
        except ValueError as error:
            raise KeyError(FIGURE) from error
    except KeyError:
        logger.exception("failed")
    (line,) = output.lines()
    assert "ValueError: [redacted]" in line["exception"]
    assert "KeyError: [redacted]" in line["exception"]
    assert f"in {test_what_an_exception_says_is_hidden_and_where_it_happened_is_told.__name__}" in line["exception"]
    assert "octubre" not in output.getvalue()
    assert FIGURE not in output.getvalue()


def test_what_an_exception_says_of_the_code_is_told(output: Output) -> None:
    try:
        output.nothing  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError:
        get_logger("gateway").exception("failed")
    assert "has no attribute 'nothing'" in output.lines()[0]["exception"]


def test_lines_below_the_level_are_not_written(output: Output) -> None:
    configure_logs("error", file=output)
    structlog.get_logger(room="gateway").warning("quiet")
    logging.getLogger("urllib3").info("quiet")
    assert output.lines() == []


def test_something_too_deep_is_hidden_as_a_whole(output: Output) -> None:
    deep: list[Any] = []
    deep.append(deep)
    get_logger("gateway").info("loop", value=deep)
    assert "[redacted]" in json.dumps(output.lines())


def _write(place: str, secret: object) -> None:
    logger = get_logger("gateway")
    if place == "field":
        logger.info("sent", value=secret)
    elif place == "nested":
        logger.info("sent", value={"to": [{"who": secret}], str(secret): 1})
    elif place == "event":
        logger.info(f"sent to {secret}")
    elif place == "id":
        logger.info("sent", chat_id=secret, who_id=f"<{secret}>")
    elif place == "library":
        logging.getLogger("urllib3").warning("retrying %s", secret)
    else:
        _write_error(logging.getLogger("urllib3") if place == "library_error" else logger, secret)


def _write_error(logger: Any, secret: object) -> None:
    try:
        raise RuntimeError(f"refused: {secret}")
    except RuntimeError:
        logger.exception("failed")
