"""A text that has a form, such as a document number."""

from __future__ import annotations

from executor_service.flows.answers.model import Answer, Refused, Taken
from executor_service.flows.patterns import pattern


def read_regex(said: str, form: str) -> Answer:
    """The part of the text that has the form; its first group if it has one. Raises PatternRefused for a bad form."""
    match = pattern(form).search(said.strip())
    if match is None:
        return Refused("regex")
    return Taken(match[1] if match.re.groups and match[1] is not None else match[0])
