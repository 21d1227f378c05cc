"""How much a tool may give: results are stored, pushed and read aloud on a phone."""

from __future__ import annotations

from shared.contracts.results import Result, Text
from shared.errors import TooLarge

MAX_TEXT_CHARS = 40_000
"""Ten messages of WhatsApp."""
MAX_RESULT_BYTES = 16 * 1024 * 1024
CUT = "…"


def bounded(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """The results with long texts cut; raises TooLarge when all together are more than MAX_RESULT_BYTES."""
    cut = tuple(_cut(one) for one in results)
    if sum(len(one.model_dump_json()) for one in cut) > MAX_RESULT_BYTES:
        raise TooLarge(f"a result may have at most {MAX_RESULT_BYTES} bytes")
    return cut


def _cut(result: Result) -> Result:
    if not isinstance(result, Text) or len(result.text) <= MAX_TEXT_CHARS:
        return result
    return result.model_copy(update={"text": result.text[: MAX_TEXT_CHARS - 1] + CUT})
