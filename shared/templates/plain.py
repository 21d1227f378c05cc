"""Plain values: what templates may hold, and how they are written."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jinja2 import Undefined

from shared.templates.errors import TemplateFailed


def to_text(value: Any) -> str:
    """The value as people read it: nothing for what is missing, JSON for lists and objects."""
    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | Mapping | list | tuple):
        return to_json(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int | float | Decimal | date):
        return str(value)
    raise TemplateFailed("refused", "this is no value that can be shown")


def to_json(value: Any) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False)


def to_plain(value: Any) -> Any:
    """The value as JSON knows it; None for what is missing. Raises TemplateFailed for anything else."""
    if value is None or isinstance(value, Undefined):
        return None
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise TemplateFailed("failed", "this is no number that can be stored")
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {to_text(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(one) for one in value]
    raise TemplateFailed("refused", "this is no value that can be stored")
