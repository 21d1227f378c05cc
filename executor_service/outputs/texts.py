"""The executor's sentences for people."""

from __future__ import annotations

from functools import cache

from shared.texts import Texts


@cache
def executor_texts() -> Texts:
    """The sentences of `executor_service/texts`, read when first needed."""
    return Texts("executor_service")
