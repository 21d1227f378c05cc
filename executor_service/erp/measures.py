"""Figures over many documents, in the form that each version of ERPNext takes."""

from __future__ import annotations

import re

from executor_service.erp.protocol import Measure
from shared.errors import InvalidArguments

DICTIONARIES_SINCE = 16
_FIELD = re.compile(r"[a-z_][a-z0-9_]*")


def measured(measure: Measure, major: int) -> str | dict[str, str]:
    """`sum(field) as name` up to version 15, `{"SUM": "field", "as": "name"}` from 16 on.

    Raises InvalidArguments for what is no field: it would be part of a query.
    """
    if not _FIELD.fullmatch(measure.field) or not _FIELD.fullmatch(measure.name):
        raise InvalidArguments(errors=({"where": "measure", "what": "must be a field"},))
    if major >= DICTIONARIES_SINCE:
        return {measure.function.upper(): measure.field, "as": measure.name}
    return f"{measure.function}({measure.field}) as {measure.name}"
