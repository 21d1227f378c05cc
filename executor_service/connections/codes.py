"""What a link code looks like, and how it is found in a message. Pure."""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import dataclass

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
DIGITS = "23456789"
SELECTOR_CHARS = 4
PROOF_CHARS = 6
MAX_MESSAGE_CHARS = 200

_SHAPE = re.compile(rf"(?<!\w)(\w{{{SELECTOR_CHARS}}})[-–—\s]?(\w{{{PROOF_CHARS}}})(?!\w)", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Code:
    """A one-time code: the selector finds it, the proof shows that it is known."""

    selector: str
    proof: str

    def __str__(self) -> str:
        return f"{self.selector}-{self.proof}"

    def __repr__(self) -> str:
        return f"Code({self.selector}-…)"


def new_code() -> Code:
    """A fresh code. Both parts have a letter and a digit, so that no word, year or amount looks like one."""
    return Code(selector=_part(SELECTOR_CHARS), proof=_part(PROOF_CHARS))


def find_code(message: str) -> Code | None:
    """The code in a message, however it is written: small letters, a space or nothing for the dash."""
    for selector, proof in _SHAPE.findall(message[:MAX_MESSAGE_CHARS].upper()):
        if _is_part(selector) and _is_part(proof):
            return Code(selector=selector, proof=proof)
    return None


def is_code(message: str) -> bool:
    """Whether a message is a code and nothing else."""
    return _SHAPE.fullmatch(message.strip().upper()) is not None and find_code(message) is not None


def _part(size: int) -> str:
    chooser = secrets.SystemRandom()
    chars = [chooser.choice(LETTERS), chooser.choice(DIGITS)]
    chars += [chooser.choice(LETTERS + DIGITS) for _ in range(size - 2)]
    chooser.shuffle(chars)
    return "".join(chars)


def _is_part(text: str) -> bool:
    known = all(char in LETTERS + DIGITS for char in text)
    return known and any(char in string.digits for char in text) and not text.isdigit()
