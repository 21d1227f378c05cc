"""Values on their way between a tool's process and ours: JSON with tags, which can only become inert data."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from executor_service.erp.protocol import Match, ReportAnswer, ReportColumn
from executor_service.registry.semantic import Link, Money, Period, Quantity
from executor_service.registry.semantic import Result as EarlierResult
from shared.contracts.base import Contract
from shared.contracts.results import Result

TAG = "$"
RESULT: TypeAdapter[Any] = TypeAdapter(Result)

_SCALARS: Mapping[type, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    Money: ("money", str, Money),
    Quantity: ("quantity", str, Quantity),
    Decimal: ("decimal", str, Decimal),
    datetime: ("datetime", datetime.isoformat, datetime.fromisoformat),
    date: ("date", date.isoformat, date.fromisoformat),
    time: ("time", time.isoformat, time.fromisoformat),
    timedelta: ("seconds", timedelta.total_seconds, lambda seconds: timedelta(seconds=seconds)),
    bytes: ("bytes", lambda data: base64.b64encode(data).decode(), lambda text: base64.b64decode(text, validate=True)),
    float: ("float", str, float),
}
_RECORDS: Mapping[str, type] = {
    one.__name__: one for one in (Period, Link, EarlierResult, Match, ReportAnswer, ReportColumn)
}
_READ = {tag: read for tag, _write, read in _SCALARS.values()}


def encode(value: Any) -> Any:
    """The value as JSON can hold it; raises TypeError for a type that has no business crossing."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str | int):
        return str.__str__(value) if isinstance(value, str) else int(value)
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, list):
        return [encode(one) for one in value]
    if isinstance(value, tuple):
        return _tagged("tuple", [encode(one) for one in value])
    if isinstance(value, Mapping):
        return _encode_mapping(value)
    return _encode_object(value)


def decode(value: Any) -> Any:
    """The value that `encode` was given; raises ValueError for anything that `encode` does not make."""
    if isinstance(value, list):
        return [decode(one) for one in value]
    if not isinstance(value, dict):
        return value
    if TAG not in value:
        return {key: decode(one) for key, one in value.items()}
    try:
        return _decode_tagged(value[TAG], value["v"])
    except (TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"no such value: {value[TAG]!r}") from error


def _encode_mapping(value: Mapping[Any, Any]) -> Any:
    if TAG in value or not all(isinstance(key, str) for key in value):
        return _tagged("map", [[encode(key), encode(one)] for key, one in value.items()])
    return {str(key): encode(one) for key, one in value.items()}


def _encode_object(value: Any) -> Any:
    for kind, (tag, write, _read) in _SCALARS.items():
        if isinstance(value, kind):
            return _tagged(tag, write(value))
    if isinstance(value, Contract):
        return _tagged("result", value.model_dump(mode="json"))
    if is_dataclass(value) and type(value).__name__ in _RECORDS:
        plain = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        return _tagged(type(value).__name__, plain)
    raise TypeError(f"a {type(value).__name__} cannot be handed over")


def _decode_tagged(tag: Any, plain: Any) -> Any:
    if tag == "tuple":
        return tuple(decode(one) for one in plain)
    if tag == "map":
        return {decode(key): decode(one) for key, one in plain}
    if tag == "result":
        return RESULT.validate_python(plain)
    if tag in _RECORDS:
        return _RECORDS[tag](**{key: decode(one) for key, one in plain.items()})
    return _READ[tag](plain)


def _tagged(tag: str, plain: Any) -> Any:
    return {TAG: tag, "v": plain}
