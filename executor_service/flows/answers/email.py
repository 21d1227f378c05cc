"""An e-mail address in a sentence."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from executor_service.flows.answers.model import Answer, Refused, Taken

MAX_CHARS = 1_000
_EDGES = "<>()[]{}\"'“”«».,;:!?¡¿"


def read_email(said: str) -> Answer:
    """The address in lower case; no mail server is asked. Several different ones are none."""
    words = (word.strip(_EDGES) for word in re.split(r"[\s<>]+", said[:MAX_CHARS].replace("mailto:", " ")))
    found = [word for word in words if "@" in word]
    valid = {address for word in found if (address := _normalised(word))}
    if len(valid) > 1:
        return Refused("email_several")
    return Taken(valid.pop()) if valid else Refused("email_wrong" if found else "email_none")


def _normalised(word: str) -> str | None:
    try:
        return validate_email(word, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None
